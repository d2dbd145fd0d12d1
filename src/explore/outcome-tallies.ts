import { compareOutcomes } from './outcome.ts';
import type { Outcome, Witness } from './result.ts';

interface OutcomeTally {
  readonly values: ReadonlyMap<string, string>;
  readonly deadlock: boolean;
  /** The first schedule of a sample that showed it; null in other searches. */
  readonly run: number | null;
  executions: number;
  /** Executions of this outcome, made into witnesses when somebody asks. */
  readonly witnesses: (() => Witness)[];
}

/** The outcomes so far, by their keys. A class because the counts are hidden. */
export class OutcomeTallies {
  readonly #outcomes = new Map<string, OutcomeTally>();
  readonly #most: number;

  /** `most`: executions of one outcome that are kept to choose a witness from. */
  constructor(most: number) {
    this.#most = most;
  }

  has(key: string): boolean {
    return this.#outcomes.has(key);
  }

  /** Whether the witness is kept. */
  add(
    key: string,
    shown: Pick<OutcomeTally, 'values' | 'deadlock' | 'run'>,
    times: number,
    witness: () => Witness,
  ): boolean {
    const old = this.#outcomes.get(key);
    if (old === undefined) {
      this.#outcomes.set(key, { ...shown, executions: times, witnesses: [witness] });
      return true;
    }
    old.executions += times;
    if (old.witnesses.length >= this.#most) return false;
    old.witnesses.push(witness);
    return true;
  }

  /** In order, and their places by key. */
  all(): { readonly outcomes: readonly Outcome[]; readonly indices: ReadonlyMap<string, number> } {
    const sorted = [...this.#outcomes].sort(([, a], [, b]) => compareOutcomes(a.values, b.values));
    return {
      outcomes: sorted.map(([, tally]) => outcomeOf(tally)),
      indices: new Map(sorted.map(([key], index) => [key, index])),
    };
  }
}

/** The outcome, whose witness is chosen when it is first asked for: a weak one if there is one among the first. */
function outcomeOf({ values, deadlock, executions, run, witnesses }: OutcomeTally): Outcome {
  let chosen: Witness | null = null;
  return {
    values,
    deadlock,
    executions,
    ...(run === null ? {} : { run }),
    get witness() {
      chosen ??= weakest(witnesses);
      return chosen;
    },
  };
}

function weakest(witnesses: readonly (() => Witness)[]): Witness | null {
  let first: Witness | null = null;
  for (const make of witnesses) {
    const witness = make();
    if (!witness.sequentiallyConsistent) return witness;
    first ??= witness;
  }
  return first;
}
