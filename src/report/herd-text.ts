import type { Outcome } from '../explore/result.ts';
import type { Observed } from '../litmus/condition.ts';
import { observationsOf, shows } from '../litmus/condition.ts';
import type { Condition, Fact, ObservationKey, Quantifier } from '../syntax/script.ts';
import { printValue } from '../syntax/print-values.ts';
import type { TestReport } from './test-report.ts';

/**
 * A test's answer in herd's form [herdtools7, herd/top_herd.ml and tools/lexLog_tools.mll], for the tools that read herd's logs (mcompare7, msum7, …).
 *
 * Herd has registers of numbered threads, and locations: `T1:0:1` is `1:r0.1` if T1 is the first thread of the script (main is 0), `T1:0` is `1:r0`,
 * `mem.shared+24:i32` is `mem.shared.i32[24]`. A result of an action that did not return is how it ended. A vector is a set of four words; what else is no integer is a name: `f32.m0x1.8p1` (-0x1.8p+1), `null`, `i31.3`,
 * `trap.unreachable`, `exception.i32_5`, `deadlock`.
 */

export interface HerdFacts {
  readonly seconds: number;
  /** What is equal for equal tests. */
  readonly hash: string;
  /** The script's threads, in the order of its text, `main` first. */
  readonly threads: readonly string[];
}

const KINDS: Readonly<Record<Quantifier, string>> = {
  exists: 'Allowed',
  'not exists': 'Forbidden',
  forall: 'Required',
};

export function herdText({ name, result, condition }: TestReport, { seconds, hash, threads }: HerdFacts): string {
  const test = name.replace(/[^\w/.\-+[\]]/g, '_');
  const quantifier = condition?.quantifier ?? 'forall';
  const asked = condition?.condition ?? { kind: 'and', parts: [] };
  const places = new Places(threads);
  const keys = condition === null ? keysOf(result.outcomes) : [...observationsOf(asked)];
  const states = [...new Set(result.outcomes.map(({ values }) => places.state(values, keys)))];
  const positive = condition?.positive ?? result.executions;
  const negative = condition?.negative ?? 0;
  // Herd counts for and against the whole condition here, and for and against the proposition in it below.
  const [pro, contra] = quantifier === 'not exists' ? [negative, positive] : [positive, negative];
  const holds = quantifier === 'exists' ? positive > 0 : quantifier === 'forall' ? negative === 0 : positive === 0;
  const often = positive === 0 ? 'Never' : negative === 0 ? 'Always' : 'Sometimes';
  const word = quantifier === 'not exists' ? '~exists' : quantifier;
  return [
    `Test ${test} ${KINDS[quantifier]}`,
    `States ${states.length}`,
    ...states,
    `${result.complete ? '' : 'Loop '}${result.flags.some((flag) => flag.undefined) ? 'Undef' : holds ? 'Ok' : 'No'}`,
    'Witnesses',
    `Positive: ${pro} Negative: ${contra}`,
    ...result.flags.map((flag) => `Flag ${flag.name}`),
    `Condition ${word} (${places.proposition(asked, result.outcomes)})`,
    `Observation ${test} ${often} ${positive} ${negative}`,
    `Time ${test} ${seconds.toFixed(2)}`,
    `Hash=${hash}`,
    '',
  ].join('\n');
}

/** All observations; of an action that does not always end well, its results where it has some, else its ending. */
function keysOf(outcomes: readonly Pick<Outcome, 'values'>[]): readonly ObservationKey[] {
  const keys = [...new Set(outcomes.flatMap(({ values }) => [...values.keys()]))];
  return keys.filter((key) => !keys.some((other) => other.startsWith(`${key}:`)));
}

class Places {
  readonly #threads: readonly string[];

  constructor(threads: readonly string[]) {
    this.#threads = threads;
  }

  /** A line of states. Herd's tools want the same places in every line. */
  state(values: Observed, keys: readonly ObservationKey[]): string {
    return keys.map((key) => `${this.#place(key)}=${herdValue(shownAt(key, values))};`).join(' ');
  }

  proposition(condition: Condition, outcomes: readonly Pick<Outcome, 'values'>[]): string {
    switch (condition.kind) {
      case 'and':
      case 'or': {
        if (condition.parts.length === 0) return condition.kind === 'and' ? 'true' : 'false';
        const sign = condition.kind === 'and' ? ' /\\ ' : ' \\/ ';
        return condition.parts.map((part) => this.#nested(part, outcomes)).join(sign);
      }
      case 'not':
        return `not (${this.proposition(condition.part, outcomes)})`;
      default:
        return this.#fact(condition, outcomes);
    }
  }

  #nested(part: Condition, outcomes: readonly Pick<Outcome, 'values'>[]): string {
    const text = this.proposition(part, outcomes);
    return part.kind === 'and' || part.kind === 'or' || text.includes('\\/') ? `(${text})` : text;
  }

  /** A trap or exception by all the values that make it true: herd has no prefixes. */
  #fact(fact: Fact, outcomes: readonly Pick<Outcome, 'values'>[]): string {
    const { observation: key } = fact;
    const place = this.#place(key);
    if (fact.kind === 'is') return `${place}=${herdValue(printValue(fact.value))}`;
    if (fact.kind === 'deadlocks') return `${place}=deadlock`;
    const seen = outcomes.flatMap(({ values }) => values.get(key) ?? []).filter((value) => shows(fact, value));
    const shown =
      seen.length === 0 ? [fact.kind === 'traps' ? 'trap' : 'exception'] : [...new Set(seen.map(herdValue))];
    return shown.map((value) => `${place}=${value}`).join(' \\/ ');
  }

  #place(key: ObservationKey): string {
    const [, thread, action, result] = /^(.+?):(\d+)(?::(\d+))?$/.exec(key) ?? [];
    const number = thread === undefined ? -1 : this.#threads.indexOf(thread);
    if (number >= 0) return `${number}:r${action ?? ''}${result === undefined ? '' : `.${result}`}`;
    const [, object = key, offset, type] = /^(.*?)(?:\+(\d+))?(?::(\w+))?$/.exec(key) ?? [];
    const name = [object, ...(type === undefined ? [] : [type])].join('.').replace(/[^\w.$]/g, '_');
    return `${/^[\d]/.test(name) ? '_' : ''}${name}${offset === undefined ? '' : `[${offset}]`}`;
  }
}

/** A result that is not there shows how its action ended, and an action that did not end otherwise that it is `done`. */
function shownAt(key: ObservationKey, values: Observed): string {
  const shown = values.get(key) ?? values.get(key.replace(/^(.+:\d+):\d+$/, '$1'));
  return shown ?? (/:\d+$/.test(key) && !/:\d+:\d+$/.test(key) ? 'done' : 'none');
}

/** A value as herd's logs have them: a number, a set of numbers, or a name. */
function herdValue(shown: string): string {
  const [, type = '', text = ''] = /^(\S+) (.*)$/s.exec(shown) ?? [];
  switch (type) {
    case 'i32':
    case 'i64':
      return text;
    case 'v128':
      return `{${text.replaceAll(' ', ',')}}`;
    default:
      return shown
        .replace(/^ref\.(null|i31)/, '$1')
        .replace(/^(f32|f64|i31|ref|exception|trap:) \(?/, (word) => `${word.replace(/\W/g, '')}.`)
        .replaceAll('-', 'm')
        .replaceAll('+', '')
        .replace(/\)$/, '')
        .replace(/[^\w.]+/g, '_');
  }
}
