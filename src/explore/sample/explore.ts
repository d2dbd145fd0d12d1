import type { ScriptState } from '../../runtime/script-state.ts';
import type { Exploration } from '../explore.ts';
import type { Findings } from '../findings.ts';
import { foundExecution } from '../interleave/explore.ts';
import type { SearchOptions } from '../interleave/search.ts';
import { World } from '../interleave/world.ts';
import { Cursor } from '../task.ts';
import type { Chooser } from './choosers.ts';
import { byPriority, uniform } from './choosers.ts';
import { guaranteeOf, surelySeen } from './guarantee.ts';
import type { SampleOptions } from './options.ts';
import { DEFAULT_SAMPLE } from './options.ts';
import { RandomSource } from './random-source.ts';
import { runSchedule } from './schedule.ts';
import type { SampleTally, ScheduleSize } from './tally.ts';
import { countSchedule, emptySample, NO_SIZE } from './tally.ts';

/** Schedules that are run first, to know how long they are and how many threads they have. They are numbered from −1 downwards. */
const TRIALS = 20;
/** Schedules are the leaves of a tree with so many branches, so that what is left of it is always a few branches. */
const BRANCHES = 64;

export type SampleKind = 'random' | 'pct';

/** Sequentially consistent executions by schedules drawn at random. */
export function exploreSample<S>(exploration: Exploration<S>, kind: SampleKind): void {
  const tally = sampler(exploration, kind)(exploration, new Cursor());
  tellSample(exploration.findings, kind, exploration.options.sample, tally);
}

/** Runs the schedules of a cursor's part of a sample, each as its number says, and says what they were like. */
export function sampler<S>(
  exploration: Exploration<S>,
  kind: SampleKind,
): (part: Exploration<S>, cursor: Cursor) => SampleTally {
  const { seed, runs, depth, only } = exploration.options.sample ?? DEFAULT_SAMPLE;
  const trials = kind === 'pct' ? sizeOfTrials(exploration, seed) : NO_SIZE;
  return (part, cursor) => {
    const { trie, main, names, findings, options, isOver } = part;
    const world = new World<ScriptState<S>>(trie, main, names, options.readings);
    const tally = emptySample(trials);
    const give = (): void => findings.block();
    let key: string | null = null;
    let run = 0;
    const search: SearchOptions<ScriptState<S>> = {
      ...boundsOf(part),
      leaf: (ended, trace) => {
        key = trace.key();
        findings.add({ ...foundExecution(ended, names, null), run });
      },
      blocked: give,
      redundant: give,
      bounded: give,
    };
    if (only === null) visit(0, runs);
    else visit(only, 1);
    return tally;

    /** So many schedules, from the first. */
    function visit(first: number, count: number): void {
      if (isOver()) return cursor.stop();
      if (count === 1) return tryOne(first);
      let size = 1;
      while (size * BRANCHES < count) size *= BRANCHES;
      cursor.choose(Math.ceil(count / size), (i) => visit(first + i * size, Math.min(size, count - i * size)));
    }

    function tryOne(number: number): void {
      key = null;
      run = number;
      countSchedule(tally, runSchedule(world, chooser(number), search), key);
    }
  };

  function chooser(schedule: number): Chooser {
    const random = new RandomSource(seed, schedule);
    return kind === 'random' ? uniform(random) : byPriority(random, depth, trials.steps);
  }
}

/** What a sample is worth, to be told with what it found. */
export function tellSample<S>(
  findings: Findings<S>,
  kind: SampleKind,
  options: SampleOptions | undefined,
  { trials, runs, cut, threads, steps, weight, executions, isAll }: SampleTally,
): void {
  const { seed, depth } = options ?? DEFAULT_SAMPLE;
  const isUniform = kind === 'random';
  findings.note({
    sample: {
      seed,
      runs,
      cut,
      distinct: executions.size,
      threads,
      steps,
      interleavings: isUniform && runs > 0 ? Number(weight) / runs : null,
      guarantee: isUniform ? null : guaranteeOf(depth, trials.threads, trials.steps, runs),
      surelySeen: surelySeen(runs),
    },
  });
  if (!isAll) findings.reach(`a sample of ${runs} schedule${runs === 1 ? '' : 's'}`);
}

function sizeOfTrials<S>(exploration: Exploration<S>, seed: number): ScheduleSize {
  const { trie, main, names, options } = exploration;
  const world = new World<ScriptState<S>>(trie, main, names, options.readings);
  const tally = emptySample();
  const nothing = (): void => {};
  const nowhere = { ...boundsOf(exploration), leaf: nothing, blocked: nothing, redundant: nothing, bounded: nothing };
  for (let i = 1; i <= TRIALS; i++)
    countSchedule(tally, runSchedule(world, uniform(new RandomSource(seed, -i)), nowhere), null);
  return { threads: tally.threads, steps: tally.steps };
}

/** A thread that comes back to where it was is no reason to stop: others may go on. */
function boundsOf<S>({
  options,
  isOver,
}: Exploration<S>): Pick<SearchOptions<ScriptState<S>>, 'events' | 'returns' | 'shouldStop'> {
  return { events: options.bounds.events, returns: Number.POSITIVE_INFINITY, shouldStop: isOver };
}
