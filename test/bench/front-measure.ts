/** Measuring in one process: contestants take turns at the same items. */

export interface Contestant<T> {
  readonly name: string;
  /** Answers false or throws where it refuses an item. */
  readonly job: (item: T) => boolean;
  /** How often an item is repeated while the clock runs, for jobs of microseconds. */
  readonly repeat?: number;
}

export function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}

/** Of one contestant, the milliseconds that each item took, the median of all rounds; NaN where it refused the item. */
export type Times = readonly number[];

/** Contestants take turns; a round before the others is not counted, but tells what each refuses. */
export function race<T>(contestants: readonly Contestant<T>[], items: readonly T[], rounds: number): readonly Times[] {
  const refused = contestants.map((contestant) => items.map((item) => !accepts(contestant, item)));
  const times = contestants.map(() => items.map((): number[] => []));
  for (let round = 0; round < rounds; round++) {
    contestants.forEach((contestant, c) => {
      items.forEach((item, i) => {
        if (refused[c]?.[i] === false) times[c]?.[i]?.push(timeOf(contestant, item));
      });
    });
  }
  return times.map((ofItems) => ofItems.map(median));
}

function accepts<T>({ job }: Contestant<T>, item: T): boolean {
  try {
    return job(item);
  } catch {
    return false;
  }
}

function timeOf<T>({ job, repeat = 1 }: Contestant<T>, item: T): number {
  const start = performance.now();
  for (let k = 0; k < repeat; k++) job(item);
  return (performance.now() - start) / repeat;
}

/** Numbers added where all lists have one. */
export function sumWhere(values: readonly number[], ...all: readonly Times[]): number {
  return values.reduce((sum, value, i) => (all.some((times) => Number.isNaN(times[i])) ? sum : sum + value), 0);
}

export function megabytesPerSecond(bytes: number, ms: number): string {
  return `${(bytes / 1e6 / (ms / 1e3)).toFixed(2)} MB/s`;
}

/** Runs with what others print kept off the terminal. */
export function quietly<R>(run: () => R): R {
  const { write } = process.stderr;
  const { error, warn } = console;
  process.stderr.write = () => true;
  console.error = () => undefined;
  console.warn = () => undefined;
  try {
    return run();
  } finally {
    process.stderr.write = write;
    console.error = error;
    console.warn = warn;
  }
}
