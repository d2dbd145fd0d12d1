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
 * `mem.shared+24:i32` is `mem.shared.i32[24]`. A vector is a set of four words; what else is no integer is a name: `f32.m0x1.8p1` (-0x1.8p+1), `null`, `i31.3`,
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
  const keys = condition === null ? null : observationsOf(asked);
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

class Places {
  readonly #threads: readonly string[];

  constructor(threads: readonly string[]) {
    this.#threads = threads;
  }

  /** A line of states: the observations asked for, or how their actions ended; all of them for null. */
  state(values: Observed, keys: ReadonlySet<ObservationKey> | null): string {
    const asked = keys === null ? [...values.keys()] : [...new Set([...keys].map((key) => endingOf(key, values)))];
    return asked
      .filter((key) => values.has(key))
      .map((key) => `${this.#place(key)}=${herdValue(values.get(key) ?? '')};`)
      .join(' ');
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

/** Of a result that is not there, how its action ended. */
function endingOf(key: ObservationKey, values: Observed): ObservationKey {
  return values.has(key) || !/:\d+:\d+$/.test(key) ? key : key.replace(/:\d+$/, '');
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
