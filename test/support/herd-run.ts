import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { known } from '../../src/base/assert.ts';
import type { Answer, Observed, SmallProgram } from './herd-program.ts';
import { observed, readsOf } from './herd-program.ts';
import type { Printer } from './herd-text.ts';
import { inAArch64, inC, inX86, PLACES, REGISTERS, statusesOf } from './herd-text.ts';

/** herd7 as it is installed here: its binary and the folder of its models. */
export interface Herd {
  readonly binary: string;
  readonly libdir: string;
}

/** Finds herd7 by `WEFT_HERD` (the binary, else `herd7`) and `WEFT_HERD_LIBDIR`; says what is missing. */
export function findHerd(): Herd | { readonly missing: string } {
  const binary = process.env['WEFT_HERD'] ?? 'herd7';
  const version = spawnSync(binary, ['-version'], { encoding: 'utf8' });
  if (version.error !== undefined) return { missing: `no ${binary}: set WEFT_HERD to the binary of herd7` };
  const libdir = process.env['WEFT_HERD_LIBDIR'] ?? '';
  if (!existsSync(join(libdir, 'stdlib.cat')))
    return { missing: 'set WEFT_HERD_LIBDIR to the folder of herd7’s models (herd/libdir of its sources)' };
  return { binary, libdir };
}

export type Language = keyof typeof REGISTERS;

export const PRINTERS: Readonly<Record<Language, Printer>> = { C: inC, X86: inX86, AArch64: inAArch64 };

/** A model as herd7 is given it. */
export interface HerdModel {
  /** A file of herd's library, or a path. */
  readonly file: string;
  /** Checks that are made besides the file's. */
  readonly also?: string;
}

/** What herd7 says of programs under a model: all outcomes of each. Throws if herd complains. */
export function runHerd(
  { binary, libdir }: Herd,
  { file, also }: HerdModel,
  language: Language,
  programs: readonly SmallProgram[],
): Map<SmallProgram, Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-herd-'));
  try {
    const files = programs.map((program, i) => {
      const path = join(folder, `${i}.litmus`);
      writeFileSync(path, PRINTERS[language]({ ...program, name: `T${i}` }));
      return path;
    });
    const list = join(folder, '@all');
    writeFileSync(list, files.join('\n'));
    const model = also === undefined ? file : join(folder, 'model.cat');
    if (also !== undefined) writeFileSync(model, `Model\ninclude "${file}"\n${also}\n`);
    const args = ['-set-libdir', libdir, '-archcheck', 'false', '-model', model, list];
    const run = spawnSync(binary, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
    if (run.stderr.trim() !== '') throw new Error(`herd7: ${run.stderr.slice(0, 2000)}`);
    const answers = new Map<SmallProgram, Answer>();
    for (const report of run.stdout.split(/^Test /m).slice(1)) {
      const program = known(programs[Number(/^T(\d+)/.exec(report)?.[1])], 'program that herd reports on');
      answers.set(program, answerOf(report, language, program));
    }
    if (answers.size !== programs.length)
      throw new Error(`herd7 answered ${answers.size} of ${programs.length} programs`);
    return answers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The states of a report, those apart in which an exchange's store-exclusive failed. */
function answerOf(report: string, language: Language, { threads, places }: SmallProgram): Answer {
  const outcomes = new Set<Observed>();
  for (const line of report.split('\n').filter((text) => /^(?:\d+:\w+|\[\w+\])=/.test(text))) {
    const values = new Map(
      [...line.matchAll(/([\w:[\]]+)=(\d+);/g)].map(([, name = '', value]) => [name, Number(value)]),
    );
    const value = (name: string): number => known(values.get(name), `value of ${name}`);
    const statuses =
      language === 'AArch64' ? threads.flatMap((thread, t) => statusesOf(thread).map((s) => `${t}:${s}`)) : [];
    if (statuses.some((name) => value(name) !== 0)) continue;
    const reads = threads.map((thread, t) =>
      Array.from({ length: readsOf(thread) }, (_, i) => value(`${t}:${REGISTERS[language](i)}`)),
    );
    outcomes.add(
      observed(
        reads,
        PLACES.slice(0, places).map((place) => value(`[${place}]`)),
      ),
    );
  }
  return { outcomes, undefined: /^Undef$/m.test(report) };
}
