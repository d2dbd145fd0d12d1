import type { ScriptState } from '../../runtime/script-state.ts';
import type { Exploration } from '../explore.ts';
import { foundExecution } from '../interleave/explore.ts';
import type { SearchOptions } from '../interleave/search.ts';
import { World } from '../interleave/world.ts';
import type { Chooser } from './choosers.ts';
import { byPriority, uniform } from './choosers.ts';
import { guaranteeOf, surelySeen } from './guarantee.ts';
import { DEFAULT_SAMPLE } from './options.ts';
import { RandomSource } from './random-source.ts';
import type { Schedule } from './schedule.ts';
import { runSchedule } from './schedule.ts';

/** Schedules that are run first, to know how long they are and how many threads they have. They are numbered from −1 downwards. */
const TRIALS = 20;

/** Sequentially consistent executions by schedules drawn at random. */
export function exploreSample<S>(exploration: Exploration<S>, kind: 'random' | 'pct'): void {
  const { trie, main, names, findings, options, isOver } = exploration;
  const { seed, runs, depth, only } = options.sample ?? DEFAULT_SAMPLE;
  const world = new World<ScriptState<S>>(trie, main, names, options.readings);
  const executions = new Set<string>();
  let run = 0;
  const search: SearchOptions<ScriptState<S>> = {
    events: options.bounds.events,
    // A thread that comes back to where it was is no reason to stop: others may go on.
    returns: Number.POSITIVE_INFINITY,
    leaf: (ended, trace) => {
      executions.add(trace.key());
      findings.add({ ...foundExecution(ended, names, null), run });
    },
    blocked: () => findings.block(),
    redundant: () => findings.block(),
    bounded: () => findings.block(),
    shouldStop: isOver,
  };

  const size = kind === 'pct' ? sizeOf(trials()) : { threads: 1, steps: 1 };
  const schedules: Schedule[] = [];
  const [first, end] = only === null ? [0, runs] : [only, only + 1];
  for (run = first; run < end && !isOver(); run++) schedules.push(runSchedule(world, chooser(run), search));

  const tried = schedules.length;
  findings.note({
    sample: {
      seed,
      runs: tried,
      cut: schedules.filter(({ cut }) => cut).length,
      distinct: executions.size,
      ...sizeOf(schedules),
      interleavings:
        kind === 'random' && tried > 0 ? schedules.reduce((sum, { weight }) => sum + weight, 0) / tried : null,
      guarantee: kind === 'pct' ? guaranteeOf(depth, size.threads, size.steps, tried) : null,
      surelySeen: surelySeen(tried),
    },
  });
  if (!isAll(schedules)) findings.reach(`a sample of ${tried} schedule${tried === 1 ? '' : 's'}`);

  function trials(): Schedule[] {
    const nowhere: SearchOptions<ScriptState<S>> = { ...search, leaf: () => {}, blocked: () => {}, bounded: () => {} };
    return Array.from({ length: TRIALS }, (_, i) =>
      runSchedule(world, uniform(new RandomSource(seed, -1 - i)), nowhere),
    );
  }

  function chooser(schedule: number): Chooser {
    const random = new RandomSource(seed, schedule);
    return kind === 'random' ? uniform(random) : byPriority(random, depth, size.steps);
  }
}

function sizeOf(schedules: readonly Schedule[]): { readonly threads: number; readonly steps: number } {
  return {
    threads: Math.max(1, ...schedules.map(({ threads }) => threads)),
    steps: Math.max(1, ...schedules.map(({ steps }) => steps)),
  };
}

/** Whether there is one interleaving, which was run to its end. */
function isAll(schedules: readonly Schedule[]): boolean {
  return schedules.some(({ weight, cut }) => weight === 1 && !cut);
}
