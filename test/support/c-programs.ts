import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ByteSource, Source } from '../../src/base/span.ts';
import { decodeModule } from '../../src/binary/decode.ts';
import { encodeModule } from '../../src/binary/encode.ts';
import { modelNamed } from '../../src/cli/models.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { attempt } from '../../src/explore/attempt.ts';
import type { Search } from '../../src/explore/attempt.ts';
import { explore } from '../../src/explore/explore.ts';
import type { Exploration, ExploreOptions, Strategy } from '../../src/explore/explore.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { commandOf, loadCommandBinary } from '../../src/litmus/command-program.ts';
import type { CommandOptions } from '../../src/litmus/command-program.ts';
import { loadProgram } from '../../src/litmus/load.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { printModule } from '../../src/text/print-module.ts';

/** The programs of test/c/: as clang compiles them, as their text is kept, and explored. */

const FOLDER = new URL('../c/', import.meta.url);
const OPTIONS: CommandOptions = { readings: DEFAULT_READINGS, invoke: null };

/** The names in test/c/builds.txt. */
export function builds(): readonly string[] {
  const lines = readFileSync(new URL('builds.txt', FOLDER), 'utf8').split('\n');
  return lines.flatMap((line) => (/^[a-z]/.test(line) ? [line.split(' ', 1)[0] ?? ''] : []));
}

/** Where a program's text is kept. */
export function textFile(name: string): URL {
  return new URL(`text/${name}.wat`, FOLDER);
}

/** A binary's text, without what says who made it. */
export function textOf(bytes: Uint8Array): string {
  const module = decodeModule(bytes);
  if (!module.ok) throw new Error(module.error[0]?.message);
  return printModule({ ...module.value, customs: [] });
}

/** Clang's version, if it is there. */
export function clangVersion(): string | null {
  try {
    return /version (\d+)/.exec(execFileSync('clang', ['--version'], { encoding: 'utf8' }))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** The kept text as the binary that it was; `edit` makes another program of it. */
export function binaryOf(name: string, edit: (text: string) => string = (text) => text): Uint8Array {
  const module = parseModule(new Source(name, edit(readFileSync(textFile(name), 'utf8'))));
  if (!module.ok) throw new Error(module.error[0]?.message);
  return encodeModule(module.value);
}

export function programOf(
  name: string,
  options: Partial<CommandOptions> = {},
  edit: (text: string) => string = (text) => text,
): Program {
  const program = loadCommandBinary(new ByteSource(`${name}.wasm`, binaryOf(name, edit)), { ...OPTIONS, ...options });
  if (!program.ok) throw new Error(program.error[0]?.message);
  return program.value;
}

/** The program as its text, whose places are lines. */
export function programOfText(name: string): Program {
  const script = loadProgram(new Source(`${name}.wat`, readFileSync(textFile(name), 'utf8')), DEFAULT_READINGS);
  const program = script.ok ? commandOf(script.value, OPTIONS) : script;
  if (program === null || !program.ok) throw new Error(`${name} is no command program`);
  return program.value;
}

export function explored(
  program: Program,
  strategy: Strategy = 'auto',
  model = 'sc',
  divide: ExploreOptions['divide'] | null = null,
): ExploreResult {
  return explore(program, makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }), {
    ...searchOptions(model),
    strategy,
    ...(divide === null ? {} : { divide }),
  });
}

/** Explored under `sc` by a search of the test's own. */
export function exploredBy(program: Program, run: <S>(exploration: Exploration<S>) => void): ExploreResult {
  const search: Search = (exploration) => {
    run(exploration);
    return null;
  };
  const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 });
  const options = { ...searchOptions('sc'), strategy: 'states' } as const;
  return attempt(program, executor, options, { strategy: 'states', search, budget: null }, 0).result();
}

function searchOptions(model: string): Omit<ExploreOptions, 'strategy'> {
  return {
    model: modelNamed(model),
    readings: DEFAULT_READINGS,
    bounds: { executions: 1_000_000, events: 1_000, returns: 100, milliseconds: null },
    shouldStop: () => false,
    onProgress: () => {},
  };
}

/** Outcomes as the values of their observations. */
export function outcomesOf({ outcomes }: ExploreResult): readonly string[] {
  return outcomes.map(({ values }) => [...values].map((entry) => entry.join(' = ')).join('; '));
}
