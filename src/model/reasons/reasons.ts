import { assert } from '../../base/assert.ts';
import type { WritingAction } from '../../event/action.ts';
import { isReading, isWriting } from '../../event/action.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import type { Range } from '../../event/location.ts';
import { overlaps } from '../../event/location.ts';
import type { Argument, Asked } from './conflict.ts';
import { argue, askedBy, conflicts } from './conflict.ts';
import type { LinkKind, Path, Steps } from './links.ts';
import { hbPath, joined, named, stepsOf } from './links.ts';
import type { Breach, Model, Relations } from '../model.ts';

/** Why a model forbids one candidate execution. */
export type Reason =
  /** A cycle of a relation that has none, hb above all. */
  | { readonly kind: 'cycle'; readonly axiom: string; readonly path: Path }
  /**
   * A pattern of events that the axiom forbids, in the order in which it names them (W, W′, R), and the ways by hb that make it one: from each event to the
   * next, or, of two, from the second to the first.
   */
  | {
      readonly kind: 'pattern';
      readonly axiom: string;
      readonly events: readonly EventId[];
      readonly paths: readonly Path[];
    }
  /** What is asked of `tot` and the modification orders and cannot all be, and why. */
  | {
      readonly kind: 'conflict';
      readonly axioms: readonly string[];
      readonly asked: readonly Asked[];
      readonly argument: Argument;
    };

/** What is known of a forbidden execution: its relations, their steps, and every reason that was found, the simplest first. */
export interface Forbidden {
  readonly execution: Execution;
  readonly relations: Relations;
  readonly steps: Steps;
  readonly reasons: readonly Reason[];
}

/** The axioms that a reason rests on. */
export function axiomsOf(reason: Reason): readonly string[] {
  return reason.kind === 'conflict' ? reason.axioms : [reason.axiom];
}

/** Why the model forbids the execution, which must be one that it forbids. */
export function whyForbidden(model: Model, execution: Execution): Forbidden {
  const demands = model.demands?.(execution);
  if (demands === undefined) return byVerdict(model, execution);
  const { relations, breaches, within, constraints } = demands;
  const steps = stepsOf(execution, relations);
  const broken = breaches.map((breach) => breachReason(breach, steps));
  const cyclic = broken.some(({ kind }) => kind === 'cycle');
  const unsolvable = cyclic ? [] : conflicts(within, constraints);
  const reasons = [
    ...broken,
    ...unsolvable.map((conflict): Reason => {
      const axioms = [...new Set(conflict.map(({ axiom }) => axiom))];
      const asked = conflict.map((constraint) => askedBy(constraint, demands));
      return { kind: 'conflict', axioms, asked, argument: argue(demands, steps, conflict) };
    }),
  ];
  assert(reasons.length > 0, 'a consistent execution was to be explained');
  return { execution, relations, steps, reasons };
}

function breachReason({ axiom, events }: Breach, steps: Steps): Reason {
  if (axiom === 'hb-irreflexive') {
    const round = [...events, ...events.slice(0, 1)];
    return { kind: 'cycle', axiom, path: named(turned(round, steps), (a, b) => steps.nameOf(a, b)) };
  }
  const [first, second, third] = events;
  const paths: Path[] = [];
  if (axiom === 'hb-consistent-1' && first !== undefined && second !== undefined && first !== second)
    paths.push(hbPath(steps, second, first));
  if (axiom === 'hb-consistent-3' && first !== undefined && second !== undefined && third !== undefined)
    paths.push(hbPath(steps, first, second), hbPath(steps, second, third));
  return { kind: 'pattern', axiom, events, paths };
}

/** A cycle that begins where program order does, so that a run of it is not cut in two. */
function turned(round: readonly EventId[], steps: Steps): readonly EventId[] {
  const cycle = round.slice(1);
  const isStart = (i: number): boolean => {
    const at = cycle[i] as EventId;
    const before = cycle.at(i - 1) as EventId;
    const after = cycle[(i + 1) % cycle.length] as EventId;
    return steps.nameOf(at, after) === 'po' && steps.nameOf(before, at) !== 'po';
  };
  const start = Math.max(
    0,
    cycle.findIndex((_, i) => isStart(i)),
  );
  const shifted = [...cycle.slice(start), ...cycle.slice(0, start)];
  return [...shifted, ...shifted.slice(0, 1)];
}

/** Of a model that says no more than its verdict: the events that it names, as a cycle. */
function byVerdict(model: Model, execution: Execution): Forbidden {
  const verdict = model.check(execution);
  assert(!verdict.consistent, 'a consistent execution was to be explained');
  const free = model.less(model.axioms.map(({ name }) => name)).check(execution);
  assert(free.consistent, 'a model without axioms forbids something');
  const { relations } = free;
  const steps = stepsOf(execution, relations);
  const { axiom, events } = verdict;
  const round = [...events, ...events.slice(0, 1)];
  const links = round.slice(1).flatMap((to, i) => linkOf(execution, relations, steps, round[i] as EventId, to));
  return { execution, relations, steps, reasons: [{ kind: 'cycle', axiom, path: joined(links) }] };
}

/** What may relate two events of a cycle: the first of po, sw, rf, asw, a way by hb, from-read and coherence that does. */
function linkOf({ events }: Execution, relations: Relations, steps: Steps, from: EventId, to: EventId): Path {
  const kinds = [
    ['po', relations.po],
    ['sw', relations.sw],
    ['rf', relations.rf],
    ['asw', relations.asw],
  ] as const;
  const direct = kinds.find(([, relation]) => relation.has(from, to));
  if (direct !== undefined) return [{ kind: direct[0], from, to }];
  if (relations.hb.has(from, to)) return hbPath(steps, from, to);
  const writes = (id: EventId): readonly WritingAction[] => (events[id]?.actions ?? []).filter(isWriting);
  const reads = (events[from]?.actions ?? []).filter(isReading);
  const isOver = (places: readonly Range[]): boolean => places.some((a) => writes(to).some((b) => overlaps(a, b)));
  const kind: LinkKind = isOver(reads) ? 'fr' : isOver(writes(from)) ? 'co' : 'related';
  return [{ kind, from, to }];
}
