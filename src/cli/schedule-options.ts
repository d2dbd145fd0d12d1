import type { Command } from 'commander';
import { Option } from 'commander';
import type { ExploreOptions, Strategy } from '../explore/explore.ts';
import { DEFAULT_SAMPLE } from '../explore/sample/options.ts';
import { UsageError } from './exit.ts';
import { natural, positive } from './options.ts';

/** Which schedules are explored: those of few preemptions or delays, or some at random. */
export interface ScheduleOptions {
  readonly preemptions?: number;
  readonly delays?: number;
  readonly runs?: number;
  readonly seed?: number;
  readonly depth?: number;
  readonly run?: number;
}

export type ScheduleSpec = Required<Pick<ExploreOptions, 'schedules' | 'sample'>>;

export function addScheduleOptions(command: Command): Command {
  const { runs, seed, depth } = DEFAULT_SAMPLE;
  const number = (flags: string, about: string, parse = natural): Option => new Option(flags, about).argParser(parse);
  return command
    .addOption(number('--preemptions <n>', 'explore only executions with so many preemptions at most (--model sc)'))
    .addOption(number('--delays <n>', 'explore only executions with so many delays at most (--model sc)'))
    .addOption(number('--runs <n>', `how many schedules random and pct try (default: ${runs})`, positive))
    .addOption(number('--seed <n>', `the seed of their schedules (default: ${seed})`))
    .addOption(number('--depth <n>', `the depth of bugs that pct looks for (default: ${depth})`, positive))
    .addOption(number('--run <n>', 'try only the schedule of this number, from 0'));
}

/** What the options say together; a mistake in the call if they contradict each other or the strategy. */
export function scheduleSpec(options: ScheduleOptions, strategy: Strategy, isInterleaved: boolean): ScheduleSpec {
  const { preemptions, delays, runs, seed, depth, run } = options;
  const samples = strategy === 'random' || strategy === 'pct';
  if (!samples && [runs, seed, run].some((option) => option !== undefined))
    throw new UsageError('--runs, --seed and --run are for --strategy random and pct');
  if (strategy !== 'pct' && depth !== undefined) throw new UsageError('--depth is for --strategy pct');
  if (runs !== undefined && run !== undefined) throw new UsageError('--runs and --run exclude each other');
  if (preemptions !== undefined && delays !== undefined)
    throw new UsageError('--preemptions and --delays exclude each other');
  const most = preemptions ?? delays;
  if (most !== undefined && (!isInterleaved || (strategy !== 'auto' && strategy !== 'all-interleavings')))
    throw new UsageError('--preemptions and --delays are for --model sc, with --strategy auto or all-interleavings');
  return {
    schedules: most === undefined ? null : { kind: preemptions === undefined ? 'delays' : 'preemptions', most },
    sample: {
      seed: seed ?? DEFAULT_SAMPLE.seed,
      runs: runs ?? DEFAULT_SAMPLE.runs,
      depth: depth ?? DEFAULT_SAMPLE.depth,
      only: run ?? null,
    },
  };
}
