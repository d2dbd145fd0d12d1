/** What a sample of schedules was, and what it is worth. */
export interface SampleFacts {
  readonly seed: number;
  /** Schedules tried. */
  readonly runs: number;
  /** Schedules given up: too long. */
  readonly cut: number;
  /** Different executions among them. */
  readonly distinct: number;
  /** The most threads and steps that a schedule had. */
  readonly threads: number;
  readonly steps: number;
  /** The mean number of interleavings that a schedule stands for, which estimates how many there are; null where they are not equally likely. */
  readonly interleavings: number | null;
  /** How likely one schedule, and all together, find a bug of the depth; null for schedules of equally likely steps. */
  readonly guarantee: Guarantee | null;
  /** What is as likely as this in one schedule is missed by all with a probability of no more than 5 %. */
  readonly surelySeen: number;
}

export interface Guarantee {
  readonly depth: number;
  /** Executions of at most so many threads and steps are spoken of. */
  readonly threads: number;
  readonly steps: number;
  readonly each: number;
  readonly all: number;
}

/** At least so likely is a bug of depth d found, in executions of at most k steps of n threads: 1/(n·k^(d−1)) [ASPLOS 2010, theorem 9]. */
export function guaranteeOf(depth: number, threads: number, steps: number, runs: number): Guarantee {
  const each = 1 / (threads * steps ** (depth - 1));
  return { depth, threads, steps, each, all: onceIn(each, runs) };
}

/** The probability that something that has probability `each` happens in one of so many tries. */
function onceIn(each: number, runs: number): number {
  return each >= 1 ? 1 : -Math.expm1(runs * Math.log1p(-each));
}

/** What happens in none of so many tries with a probability of 5 % at most, if it is this likely. */
export function surelySeen(runs: number): number {
  return runs === 0 ? 1 : -Math.expm1(Math.log(0.05) / runs);
}
