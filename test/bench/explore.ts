import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeExec } from '../../src/exec/executor.ts';
import type { Strategy } from '../../src/explore/explore.ts';
import { explore } from '../../src/explore/explore.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { sc } from '../../src/model/definitions.ts';
import { modelNamed } from '../../src/cli/models.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { program } from '../support/explore-file.ts';
import { drawCurves } from './explore-curves.ts';
import type { Run } from './explore-tools.ts';
import { toolsHere } from './explore-tools.ts';
import { median } from './front-measure.ts';
import { inWasm } from './programs/peers/print-wasm.ts';
import type { PeerRow } from './programs/peers/table.ts';
import { PEERS } from './programs/peers/table.ts';

/**
 * The peers’ programs: how many executions and states Weft visits, in its own process; then whole processes of Weft and of each peer that is on the
 * machine, one after the other in the same run, and whether the aims hold. `--only=ring,fetch_add` for some programs, `--timeout=60` seconds for each
 * run, `--out=dist/bench/explore` for the curves.
 */

interface Search {
  readonly result: ExploreResult;
  readonly milliseconds: number;
}

interface Row {
  readonly family: PeerRow;
  readonly size: number;
  /** By strategy; null if it did not end in time. */
  readonly searches: ReadonlyMap<Strategy, Search | null>;
  /** By tool. */
  readonly runs: ReadonlyMap<string, Run | null>;
}

const COUNTED = ['interleavings', 'reads-from', 'states', 'auto'] as const;

function option(name: string, otherwise: string): string {
  return process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
}

export function benchExplore(): void {
  const seconds = Number(option('timeout', '60'));
  const only = option('only', '');
  const families = PEERS.filter(({ name }) => only === '' || only.split(',').includes(name));
  const tools = toolsHere(seconds);
  const start = median(Array.from({ length: 5 }, () => startUp()));
  console.log(`whole processes: ${tools.map(({ name }) => name).join(', ')}; node starts in ${start.toFixed(0)} ms\n`);
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'));
  try {
    const rows: Row[] = [];
    for (const family of families) {
      for (const size of Object.keys(family.genmc).map(Number)) {
        const searches = new Map(COUNTED.map((strategy) => [strategy, search(family, size, strategy, seconds)]));
        const runs = new Map(tools.map(({ name, run }) => [name, typical(() => run(family, size, folder))]));
        const row = { family, size, searches, runs };
        rows.push(row);
        console.log(rowText(row));
      }
    }
    for (const line of aims(rows, start)) console.log(line);
    drawAll(families, rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of runs that take less than this many milliseconds there are several, of which the median counts: single ones differ by more than a start of Node. */
const SHORT = 1_000;
const REPEATED = 5;

function typical(run: () => Run | null): Run | null {
  const first = run();
  if (first === null || first.milliseconds > SHORT) return first;
  const others = Array.from({ length: REPEATED - 1 }, run);
  const times = [first, ...others].map((one) => one?.milliseconds ?? Number.POSITIVE_INFINITY);
  return { ...first, milliseconds: median(times) };
}

function startUp(): number {
  const begun = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - begun;
}

function search(family: PeerRow, size: number, strategy: Strategy, seconds: number): Search | null {
  const begun = performance.now();
  const result = explore(
    program(inWasm(family.make(size))),
    makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }),
    {
      model: modelNamed(sc.name),
      strategy,
      readings: DEFAULT_READINGS,
      bounds: { executions: 10_000_000, events: 2_000, returns: 5, milliseconds: seconds * 1000 },
      shouldStop: () => false,
      onProgress: () => {},
    },
  );
  return result.complete ? { result, milliseconds: performance.now() - begun } : null;
}

function rowText({ family, size, searches, runs }: Row): string {
  const count = (strategy: Strategy): string => String(searches.get(strategy)?.result.executions ?? '…');
  const auto = searches.get('auto');
  const weft = runs.get('weft')?.milliseconds;
  const others = [...runs].map(([name, run]) => {
    if (run === null) return `${name} –`;
    const ratio = name.startsWith('weft') || weft === undefined ? '' : ` (${(run.milliseconds / weft).toFixed(2)} ×)`;
    return `${name} ${run.milliseconds.toFixed(0)} ms${ratio}`;
  });
  return [
    `${family.name} ${size}`.padEnd(28),
    `executions ${count('interleavings')}, by reads-from ${count('reads-from')}; states ${searches.get('states')?.result.method.states ?? '…'};`,
    `auto ${auto?.result.method.strategy ?? '…'} ${auto?.milliseconds.toFixed(0) ?? '…'} ms in process;`,
    others.join(', '),
  ].join(' ');
}

/** Which aims hold, and where they do not. */
function aims(rows: readonly Row[], start: number): string[] {
  const names = (of: readonly Row[]): string => of.map(({ family, size }) => `${family.name} ${size}`).join(', ');
  const aim = (text: string, asked: readonly Row[], holds: (row: Row) => boolean): string => {
    if (asked.length === 0) return `not asked: ${text}`;
    const missed = asked.filter((row) => !holds(row));
    return `${missed.length === 0 ? 'holds' : 'MISSED'}: ${text} (${asked.length - missed.length} of ${asked.length} rows)${missed.length === 0 ? '' : `; not ${names(missed)}`}`;
  };
  const time = (row: Row, tool: string): number => row.runs.get(tool)?.milliseconds ?? Number.POSITIVE_INFINITY;
  const has = (tool: string): Row[] =>
    rows.filter((row) => row.runs.get(tool) !== undefined && row.runs.get(tool) !== null);
  const long = has('GenMC').filter((row) => time(row, 'GenMC') > 1000);
  const short = has('GenMC').filter((row) => time(row, 'GenMC') <= 1000);
  const counted = rows.filter(({ searches }) => (searches.get('interleavings') ?? null) !== null);
  return [
    '',
    aim('executions in the counting mode are never more than GenMC’s', counted, ({ family, size, searches }) => {
      return (searches.get('interleavings')?.result.executions ?? 0) <= (family.genmc[size] ?? 0);
    }),
    aim('the counting mode ends in time', rows, (row) => counted.includes(row)),
    aim('ahead of GenMC where that takes over a second', long, (row) => time(row, 'weft') < time(row, 'GenMC')),
    aim(
      'no more than a start of node behind GenMC elsewhere',
      short,
      (row) => time(row, 'weft') - time(row, 'GenMC') <= start,
    ),
    ...['sc', 'rc11'].map((model) =>
      aim(`ten times ahead of herd7 under ${model}`, has(`herd7 ${model}`), (row) => {
        return 10 * time(row, model === 'sc' ? 'weft' : 'weft wasm') <= time(row, `herd7 ${model}`);
      }),
    ),
  ];
}

function drawAll(families: readonly PeerRow[], rows: readonly Row[]): void {
  const out = option('out', 'dist/bench/explore');
  mkdirSync(out, { recursive: true });
  for (const family of families) {
    const own = rows.filter((row) => row.family === family);
    const tools = [...(own[0]?.runs.keys() ?? [])];
    const times = tools.map((name) => ({
      name,
      points: own.flatMap(({ size, runs }) => {
        const run = runs.get(name);
        return run === undefined || run === null ? [] : [[size, run.milliseconds] as const];
      }),
    }));
    const counts = (['interleavings', 'reads-from'] as const).map((name) => ({
      name: `executions, ${name}`,
      points: own.flatMap(({ size, searches }) => pointOf(size, searches.get(name)?.result.executions)),
    }));
    const states = own.flatMap(({ size, searches }) => pointOf(size, searches.get('states')?.result.method.states));
    const genmc = own.flatMap(({ family, size }) => pointOf(size, family.genmc[size]));
    const file = family.name.replaceAll(/\W+/g, '-').toLowerCase();
    const pictures = {
      time: drawCurves(`${family.name}: whole processes`, 'milliseconds', times),
      effort: drawCurves(`${family.name}: what is visited`, 'a number', [
        ...counts,
        { name: 'states', points: states },
        { name: 'executions, GenMC', points: genmc },
      ]),
    };
    for (const [what, picture] of Object.entries(pictures))
      if (picture !== null) writeFileSync(join(out, `${file}-${what}.svg`), picture);
  }
  console.log(`\ncurves: ${out}/*.svg`);
}

function pointOf(size: number, value: number | null | undefined): (readonly [number, number])[] {
  return value === null || value === undefined || value <= 0 ? [] : [[size, value]];
}
