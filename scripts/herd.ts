import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelNamed } from '../src/cli/models.ts';
import { cycles } from '../src/litmus/cycles.ts';
import type { Herd, HerdModel, Language } from '../test/support/herd-run.ts';
import { findHerd, PRINTERS, runHerd } from '../test/support/herd-run.ts';
import type { Answer, SmallProgram } from '../test/support/herd-program.ts';
import { programOfCycle, randomPrograms } from '../test/support/herd-program.ts';
import { outcomesOf } from '../test/support/small-outcomes.ts';

/**
 * Published models three times: by herd7, by Weft from the same file, and in Weft's own form. All outcomes of critical cycles and of random programs
 * must be the same. `npm run test:herd -- 200` tries so many random programs.
 */
interface Published {
  readonly language: Language;
  readonly herd: HerdModel;
  /** The same file for Weft, and Weft's own models. */
  readonly ours: readonly string[];
  /** Programs that the file is about; all if it does not say. */
  readonly suits?: (program: SmallProgram) => boolean;
}

const SEED = 20_261_127;
const RANDOM_PROGRAMS = Number(process.argv[2] ?? 40);

/** The last aarch64.cat in herdtools7 that says all that it needs in terms of accesses, fences and dependencies (2018). */
const AARCH64_COMMIT = 'a6c15616d';

/**
 * herd7's program order on x86 leaves out that a LOCKed instruction reads before it writes, so that x86tso.cat lets an exchange read from a write that
 * overwrites its own (proofs-notes/deviations.md).
 */
const WHOLE_UPDATES = 'acyclic po-loc | rmw | rf | co | fr as whole-updates';

/**
 * C11's models order atomic writes alone, and herd7 takes any write for the last one that they do not order: of a place that is written both atomically and not,
 * which no C11 object is, it shows last values that another write has overwritten (proofs-notes/deviations.md).
 */
function isTyped({ threads, places }: SmallProgram): boolean {
  const writes = threads.flat().filter((one) => one.kind === 'write' || one.kind === 'exchange');
  return Array.from({ length: places }, (_, p) => writes.filter(({ place }) => place === p)).every(
    (own) => own.every(({ order }) => order === 'un') || own.every(({ order }) => order !== 'un'),
  );
}

function published({ libdir }: Herd, folder: string): Published[] {
  const file = (name: string): string => join(libdir, name);
  const rows: Published[] = [
    { language: 'X86', herd: { file: 'sc.cat', also: WHOLE_UPDATES }, ours: [`X86:${file('sc.cat')}`, 'sc'] },
    {
      language: 'X86',
      herd: { file: 'x86tso.cat', also: WHOLE_UPDATES },
      ours: [`X86:${file('x86tso.cat')}`, 'x86-tso'],
    },
    { language: 'C', herd: { file: 'rc11.cat' }, ours: [`C:${file('rc11.cat')}`, 'rc11'] },
    { language: 'C', herd: { file: 'c11_orig.cat' }, ours: [`C:${file('c11_orig.cat')}`, 'c11'], suits: isTyped },
    { language: 'C', herd: { file: 'c11_simp.cat' }, ours: [`C:${file('c11_simp.cat')}`], suits: isTyped },
    { language: 'C', herd: { file: 'c11_partialSC.cat' }, ours: [`C:${file('c11_partialSC.cat')}`], suits: isTyped },
  ];
  const aarch64 = oldAArch64(libdir, folder);
  if (aarch64 !== null) rows.push({ language: 'AArch64', herd: { file: aarch64 }, ours: [aarch64, 'armv8'] });
  return rows;
}

/** aarch64.cat from before virtual memory: the file of `WEFT_HERD_AARCH64`, or from the history of herd's sources. */
function oldAArch64(libdir: string, folder: string): string | null {
  const given = process.env['WEFT_HERD_AARCH64'];
  if (given !== undefined) return given;
  const shown = spawnSync('git', ['-C', libdir, 'show', `${AARCH64_COMMIT}:herd/libdir/aarch64.cat`], {
    encoding: 'utf8',
  });
  if (shown.status !== 0) {
    console.log('aarch64.cat is left out: set WEFT_HERD_AARCH64 to one from before virtual memory (2018)');
    return null;
  }
  const path = join(folder, 'aarch64-2018.cat');
  // The header names no architecture yet.
  writeFileSync(path, shown.stdout.replace('"ARMv8 AArch64"', 'AArch64 "ARMv8 AArch64"'));
  return path;
}

/** Compares one row; how many programs differ. */
function compare(herd: Herd, { language, herd: model, ours, suits }: Published, all: readonly SmallProgram[]): number {
  const programs = suits === undefined ? all : all.filter(suits);
  const started = performance.now();
  const expected = runHerd(herd, model, language, programs);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const name = model.file.replace(/^.*\//, '');
  console.log(`${name} (${language}): ${programs.length} programs, herd7 ${seconds} s`);
  let differing = 0;
  for (const our of ours) {
    const begun = performance.now();
    const different = programs.filter((program) => !same(outcomesOf(program, modelNamed(our)), expected.get(program)));
    const label = our.endsWith('.cat') ? 'Weft, the same file' : `Weft, models/${our}.cat`;
    const took = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(
      `  ${label}: ${different.length === 0 ? 'all outcomes are the same' : `${different.length} DIFFER`} (${took} s)`,
    );
    for (const program of different.slice(0, 2))
      show(language, program, outcomesOf(program, modelNamed(our)), expected.get(program));
    differing += different.length;
  }
  return differing;
}

function same(ours: Answer, theirs: Answer | undefined): boolean {
  return (
    theirs !== undefined &&
    ours.undefined === theirs.undefined &&
    ours.outcomes.size === theirs.outcomes.size &&
    [...ours.outcomes].every((outcome) => theirs.outcomes.has(outcome))
  );
}

function show(language: Language, program: SmallProgram, ours: Answer, theirs: Answer | undefined): void {
  console.log(PRINTERS[language](program));
  console.log(`  only Weft:  ${[...ours.outcomes].filter((o) => !theirs?.outcomes.has(o)).join(';  ')}`);
  console.log(`  only herd7: ${[...(theirs?.outcomes ?? [])].filter((o) => !ours.outcomes.has(o)).join(';  ')}`);
  console.log(`  undefined:  Weft ${ours.undefined}, herd7 ${theirs?.undefined}`);
}

const herd = findHerd();
if ('missing' in herd) {
  console.log(`herd7 is not here, nothing was compared: ${herd.missing}`);
  process.exitCode = process.env['CI'] === undefined ? 0 : 1;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'weft-published-'));
  try {
    const programs = [...cycles(2, ['un', 'sc']).map(programOfCycle), ...randomPrograms(RANDOM_PROGRAMS, SEED)];
    const differing = published(herd, folder).map((row) => compare(herd, row, programs));
    process.exitCode = differing.some((n) => n > 0) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
