import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import { NOWHERE, Source } from '../base/span.ts';
import type { Outcome } from '../explore/result.ts';
import type { Program } from '../runtime/program.ts';
import type { Condition, Fact, ObservationKey } from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';
import { i31Id, NULL, vectorBits } from '../syntax/values.ts';
import { parseF32, parseF64 } from '../text/floats.ts';
import { parseI32, parseI64 } from '../text/integers.ts';
import { parseScript } from '../text/parse-script.ts';
import { stateProblem } from './check-litmus.ts';
import { factsOf, printFact, shows } from './condition.ts';
import type { Observable } from './observable.ts';
import { observableOf } from './observable.ts';
import { factProblem, isState, typeShown } from './observation.ts';

/**
 * Outcomes as one writes them in a command: facts separated by commas or semicolons, each an observation and its value as `weft explore` shows them
 * (`T1:0:0 = i32 0; T2:0 = trap: unreachable`). A number may stand without its type (`T1:0:0=0`), `trap` and `exception` without more. Or a
 * condition of the litmus language, in parentheses.
 */

/** Reads an outcome of a program; the error says which fact can be true of none of its executions, or is no fact. */
export function parseOutcome(text: string, program: Program): Result<Condition, string> {
  const observable = observableOf(program);
  const condition = text.trimStart().startsWith('(') ? readCondition(text) : readFacts(text, observable);
  if (!condition.ok) return condition;
  const problem = factsOf(condition.value)
    .map((fact) => factProblem(fact, observable))
    .find((found) => found !== null);
  return problem === undefined ? condition : err(problem);
}

/**
 * Which facts of a condition are true in none of these outcomes, and why. Asked of the outcomes of all candidate executions, it says what no execution
 * can produce, whatever the model.
 */
export function impossibleFacts(
  condition: Condition,
  outcomes: readonly Pick<Outcome, 'values'>[],
  program: Program,
): readonly string[] {
  const observable = observableOf(program);
  const state = new Set(outcomes.flatMap(({ values }) => [...values.keys()].filter(isState)));
  return factsOf(condition).flatMap((fact) => {
    const { observation: key } = fact;
    if (outcomes.some(({ values }) => shows(fact, values.get(key)))) return [];
    if (isState(key) && !state.has(key)) return [stateProblem(key, [...state], observable)];
    const seen = new Set(outcomes.flatMap(({ values }) => values.get(key) ?? []));
    const instead = seen.size === 0 ? 'it is never observed' : `it is ${[...seen].sort().join(' or ')}`;
    return [`no execution has ${printFact(fact)}: ${instead}`];
  });
}

function readCondition(text: string): Result<Condition, string> {
  const script = parseScript(new Source('outcome', `(litmus "outcome" (exists ${text}))`));
  const condition = script.ok ? script.value.litmus[0]?.condition : undefined;
  if (condition !== undefined) return ok(condition);
  const message = script.ok ? 'more than a condition' : script.error[0]?.message;
  return err(`${JSON.stringify(text)} is no condition: ${message ?? 'malformed'}`);
}

function readFacts(text: string, observable: Observable): Result<Condition, string> {
  const parts: Fact[] = [];
  for (const part of splitFacts(text)) {
    const fact = readFact(part, observable);
    if (!fact.ok) return fact;
    parts.push(fact.value);
  }
  if (parts.length === 0) return err('the outcome has no fact; one is OBSERVATION=VALUE');
  const [first] = parts;
  return ok(parts.length === 1 && first !== undefined ? first : { kind: 'and', parts });
}

/** The parts between commas and semicolons that are in no parentheses. */
function splitFacts(text: string): string[] {
  return (text.match(/(?:\([^()]*\)|[^,;])+/g) ?? []).map((part) => part.trim()).filter((part) => part !== '');
}

function readFact(text: string, observable: Observable): Result<Fact, string> {
  const [, key, shown] = /^(.*?)\s*=\s*(.*)$/s.exec(text) ?? [];
  if (key === undefined || shown === undefined || key === '')
    return err(`${text} is no fact; one is OBSERVATION=VALUE`);
  const type = typeShown(key, observable);
  if ('problem' in type) return err(type.problem);
  const base = { observation: key, at: NOWHERE };
  if (shown === 'deadlock') return ok({ kind: 'deadlocks', ...base });
  const message = /^trap(?:: ?(.*))?$/s.exec(shown);
  if (message !== null) return ok({ kind: 'traps', ...base, message: message[1] ?? null });
  const args = /^exception(?: \((.*)\))?$/s.exec(shown);
  if (args !== null) return readException(base, args[1] ?? '');
  if (type.kind === 'ending')
    return err(`${key} is how an action ends: trap, exception or deadlock; its first result is ${key}:0`);
  const value = readValue(shown, type.type);
  if (value !== null) return ok({ kind: 'is', ...base, value });
  return err(
    `${key}=${shown}: ${JSON.stringify(shown)} is no value${type.type === null ? '' : ` of type ${type.type}`}`,
  );
}

function readException(base: { observation: ObservationKey; at: typeof NOWHERE }, text: string): Result<Fact, string> {
  const args: Value[] = [];
  for (const arg of text.split(',').filter((part) => part.trim() !== '')) {
    const value = readValue(arg.trim(), null);
    if (value === null) return err(`${JSON.stringify(arg.trim())} is no value`);
    args.push(value);
  }
  return ok({ kind: 'throws', ...base, args });
}

/** A value as it is shown; a number without a type has that of the observation, or i32 where that is unknown. */
function readValue(text: string, type: Value['type'] | null): Value | null {
  if (text === 'ref.null' || text === 'null') return NULL;
  const i31 = /^ref\.i31 (\d+)$/.exec(text);
  if (i31 !== null) return { type: 'ref', id: i31Id(Number(i31[1])) };
  const [, named, literal = ''] = /^(?:(i32|i64|f32|f64|v128)\s+)?(.+)$/s.exec(text) ?? [];
  return readNumber((named as Value['type'] | undefined) ?? type ?? 'i32', literal);
}

const INTEGER = /^[+-]?(0x[\da-fA-F_]+|\d[\d_]*)$/;
const FLOAT = /^[+-]?(inf|nan(:0x[\da-fA-F]+)?|0x[\da-fA-F]+(\.[\da-fA-F]*)?(p[+-]?\d+)?|\d+(\.\d*)?(e[+-]?\d+)?)$/i;

function readNumber(type: Value['type'], literal: string): Value | null {
  if (type === 'i32' || type === 'i64') {
    if (!INTEGER.test(literal)) return null;
    if (type === 'i32') return wrap(parseI32(literal), (value) => ({ type, value }));
    return wrap(parseI64(literal), (value) => ({ type, value }));
  }
  if (type === 'v128') return readVector(literal);
  if (type === 'ref' || !FLOAT.test(literal)) return null;
  if (type === 'f32') return wrap(parseF32(literal), (bits) => ({ type, bits }));
  return wrap(parseF64(literal), (bits) => ({ type, bits }));
}

function wrap<T>(value: T | null, make: (value: T) => Value): Value | null {
  return value === null ? null : make(value);
}

/** Four words, the lowest first. */
function readVector(text: string): Value | null {
  const words = text.split(/\s+/);
  if (words.length !== 4 || !words.every((word) => INTEGER.test(word))) return null;
  const values = words.map(parseI32);
  if (values.includes(null)) return null;
  return { type: 'v128', bits: vectorBits(new Uint8Array(Int32Array.from(values as number[]).buffer)) };
}
