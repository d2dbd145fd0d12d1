import type { Execution } from '../event/execution.ts';
import type { Model } from '../model/model.ts';
import { dataRaces } from '../model/races.ts';
import { isSequentiallyConsistent } from '../model/sc-order.ts';
import type { Executor } from '../runtime/executor.ts';
import type { Program } from '../runtime/program.ts';
import type { Readings } from '../syntax/readings.ts';
import { enumerateCandidates } from './explain/candidates.ts';
import type { Target } from './explain/target.ts';
import type { Bounds } from './explore.ts';
import { Teller } from './finding/teller.ts';
import type { Race, Witness } from './result.ts';
import { executionKey } from './weak/candidates.ts';

export interface ExecutionsOptions {
  readonly model: Model;
  readonly readings: Readings;
  readonly bounds: Bounds;
  /** The outcome: observation → value as printed. */
  readonly values: ReadonlyMap<string, string>;
  /** An execution of it that is known: it comes first. */
  readonly first: Witness | null;
  /** More than so many are not kept. */
  readonly most: number;
  readonly shouldStop: () => boolean;
}

export interface FoundExecutions {
  readonly witnesses: readonly Witness[];
  /** Why there may be more, in words; null if these are all. */
  readonly bound: string | null;
}

/** The consistent executions of a program that have one outcome, where an exploration keeps one of them. */
export function executionsWith<S>(
  program: Program,
  executor: Executor<S>,
  { model, readings, bounds, values, first, most, shouldStop }: ExecutionsOptions,
): FoundExecutions {
  const witnesses = first === null ? [] : [first];
  const keys = new Set(witnesses.map(({ execution }) => executionKey(execution)));
  const { assumes } = model;
  let isFull = false;
  const bound = enumerateCandidates(program, executor, {
    readings,
    bounds,
    assumes,
    target: exactly(values),
    plausible: (soFar) => !assumes.monotone || model.check(soFar).consistent,
    take: ({ execution, objects }) => {
      const key = executionKey(execution);
      if (keys.has(key)) return true;
      const witness = witnessOf(program, model, execution, objects);
      if (witness === null) return true;
      isFull = witnesses.length >= most;
      if (isFull) return false;
      keys.add(key);
      witnesses.push(witness);
      return true;
    },
    shouldStop,
  });
  return { witnesses, bound: isFull ? `more than ${most} executions` : bound };
}

/** An execution with all that is told of it; null if the model does not allow it. */
export function witnessOf(
  program: Program,
  model: Model,
  execution: Execution,
  objects: ReadonlyMap<number, string>,
): Witness | null {
  const verdict = model.check(execution);
  if (!verdict.consistent) return null;
  const { tot, relations } = verdict;
  const teller = new Teller(program.source, execution, objects as ConstructorParameters<typeof Teller>[2]);
  const races = dataRaces(execution, relations.hb).map(({ first, second, ...range }): Race => {
    const [a, b] = [first, second].map((id) => `${teller.actor(id)} ${teller.instruction(id)}`) as [string, string];
    return { first, second, location: teller.location(range), events: [a, b] };
  });
  const sequentiallyConsistent = model.assumes.interleavings || isSequentiallyConsistent(execution);
  return { execution, tot, relations, races, objects, sequentiallyConsistent };
}

function exactly(values: ReadonlyMap<string, string>): Target {
  const facts = [...values].map(([observation, value]) => ({
    observation,
    text: `${observation} = ${value}`,
    holds: (other: string | undefined) => other === value,
  }));
  return {
    text: facts.map(({ text }) => text).join('; '),
    matches: (outcome) =>
      outcome.size === values.size && [...values].every(([key, value]) => outcome.get(key) === value),
    excludes: (known) => [...known].some(([key, value]) => values.get(key) !== value),
    facts,
  };
}
