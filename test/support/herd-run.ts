import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { known } from '../../src/base/assert.ts';
import type { Observed, SmallProgram } from './herd-program.ts';
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

export interface HerdAnswer {
  readonly outcomes: ReadonlySet<Observed>;
  /** Whether some execution is undefined behaviour. */
  readonly undefined: boolean;
}

/** What herd7 says of programs under the model of that file: all outcomes of each. Throws if herd complains. */
export function runHerd(
  { binary, libdir }: Herd,
  model: string,
  language: Language,
  programs: readonly SmallProgram[],
): Map<SmallProgram, HerdAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-herd-'));
  try {
    const files = programs.map((program, i) => {
      const file = join(folder, `${i}.litmus`);
      writeFileSync(file, PRINTERS[language]({ ...program, name: `T${i}` }));
      return file;
    });
    const list = join(folder, '@all');
    writeFileSync(list, files.join('\n'));
    const run = spawnSync(binary, ['-set-libdir', libdir, '-model', model, '-archcheck', 'false', list], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    if (run.stderr.trim() !== '') throw new Error(`herd7: ${run.stderr.slice(0, 2000)}`);
    const answers = new Map<SmallProgram, HerdAnswer>();
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
function answerOf(report: string, language: Language, { threads, places }: SmallProgram): HerdAnswer {
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
