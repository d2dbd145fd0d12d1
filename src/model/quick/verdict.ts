import { Bug } from '../../base/assert.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import type { Relations, Verdict } from '../model.ts';

type Judge = (execution: Execution) => Verdict;

/** A yes or no whose reasons `judge` gives, when somebody looks at them. */
export function lazyVerdict(consistent: boolean, execution: Execution, judge: Judge): Verdict {
  return consistent ? new Allowed(execution, judge) : new Refused(execution, judge);
}

class Allowed {
  readonly consistent = true;
  readonly #execution: Execution;
  readonly #judge: Judge;
  #whole: Extract<Verdict, { readonly consistent: true }> | null = null;

  constructor(execution: Execution, judge: Judge) {
    this.#execution = execution;
    this.#judge = judge;
  }

  get #reasons(): Extract<Verdict, { readonly consistent: true }> {
    const whole = this.#whole ?? this.#judge(this.#execution);
    if (!whole.consistent) throw new Bug(`judged consistent, but ${whole.axiom} fails`);
    this.#whole = whole;
    return whole;
  }

  get tot(): readonly EventId[] {
    return this.#reasons.tot;
  }

  get relations(): Relations {
    return this.#reasons.relations;
  }
}

class Refused {
  readonly consistent = false;
  readonly #execution: Execution;
  readonly #judge: Judge;
  #whole: Extract<Verdict, { readonly consistent: false }> | null = null;

  constructor(execution: Execution, judge: Judge) {
    this.#execution = execution;
    this.#judge = judge;
  }

  get #reasons(): Extract<Verdict, { readonly consistent: false }> {
    const whole = this.#whole ?? this.#judge(this.#execution);
    if (whole.consistent) throw new Bug('judged inconsistent, but no axiom fails');
    this.#whole = whole;
    return whole;
  }

  get axiom(): string {
    return this.#reasons.axiom;
  }

  get events(): readonly EventId[] {
    return this.#reasons.events;
  }
}
