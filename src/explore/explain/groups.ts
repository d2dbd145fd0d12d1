import { known } from '../../base/assert.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import { isReading } from '../../event/action.ts';
import type { Argument, Edge } from '../../model/reasons/conflict.ts';
import type { Path } from '../../model/reasons/links.ts';
import type { Model } from '../../model/model.ts';
import type { Forbidden, Reason } from '../../model/reasons/reasons.ts';
import { whyForbidden } from '../../model/reasons/reasons.ts';
import type { Candidate } from './candidates.ts';
import type { Group } from './explanation.ts';

interface Explained {
  readonly candidate: Candidate;
  readonly forbidden: Forbidden;
  readonly label: (id: EventId) => string;
  /** Every reason by its key, which is equal for equal reasons of different executions. */
  readonly reasons: ReadonlyMap<string, Reason>;
}

/**
 * Groups forbidden candidates by reason. A candidate may be forbidden for several reasons; reasons are taken so that few groups hold all, the one that
 * explains the most candidates first, and the easier of two that explain as many.
 */
export function groupByReason(model: Model, candidates: readonly Candidate[]): Group[] {
  let left = candidates.map((candidate) => explained(model, candidate));
  const groups: Group[] = [];
  while (left.length > 0) {
    const counts = new Map<string, { count: number; readonly effort: readonly number[] }>();
    for (const { reasons } of left) {
      for (const [key, reason] of reasons) {
        const old = counts.get(key);
        if (old === undefined) counts.set(key, { count: 1, effort: effortOf(reason) });
        else old.count++;
      }
    }
    const [best] = [...counts].toSorted(([, a], [, b]) => b.count - a.count || compare(a.effort, b.effort));
    const key = known(best, 'reason')[0];
    groups.push(
      groupOf(
        key,
        left.filter(({ reasons }) => reasons.has(key)),
      ),
    );
    left = left.filter(({ reasons }) => !reasons.has(key));
  }
  return groups;
}

function explained(model: Model, candidate: Candidate): Explained {
  const forbidden = whyForbidden(model, candidate.execution);
  const { events } = candidate.execution;
  const label = (id: EventId): string => {
    const event = known(events[id], 'event');
    return `${event.thread}.${event.index}.${event.site.at.start}`;
  };
  return { candidate, forbidden, label, reasons: new Map(forbidden.reasons.map((r) => [keyOf(r, label), r])) };
}

function groupOf(key: string, members: readonly Explained[]): Group {
  const first = known(members[0], 'member of a group');
  return {
    reason: known(first.reasons.get(key), 'reason'),
    candidate: first.candidate,
    forbidden: first.forbidden,
    executions: members.length,
    elsewhere: elsewhere(first, members),
  };
}

function elsewhere(first: Explained, members: readonly Explained[]): ReadonlyMap<EventId, readonly EventId[]> {
  const idOf = new Map(first.candidate.execution.events.map(({ id }) => [first.label(id), id]));
  const own = writersOf(first.candidate.execution);
  const others = new Map<EventId, Set<EventId>>();
  for (const { candidate, label } of members.slice(1)) {
    for (const [reader, writers] of writersOf(candidate.execution)) {
      const here = idOf.get(label(reader));
      if (here === undefined) continue;
      for (const writer of writers) {
        const there = idOf.get(label(writer));
        if (there === undefined || own.get(here)?.has(there) === true) continue;
        others.set(here, (others.get(here) ?? new Set()).add(there));
      }
    }
  }
  return new Map([...others].map(([reader, writers]) => [reader, [...writers]]));
}

function writersOf({ events, rf }: Execution): ReadonlyMap<EventId, ReadonlySet<EventId>> {
  const readers = events.filter(({ actions }) => actions.some(isReading));
  return new Map(readers.map(({ id }) => [id, new Set((rf[id] ?? []).flatMap((writers) => writers ?? []))]));
}

/** How hard a reason is to follow: whether `tot` comes in, on how many axioms it rests, how many links there are to read. */
function effortOf(reason: Reason): number[] {
  switch (reason.kind) {
    case 'cycle':
      return [0, 1, reason.path.length];
    case 'pattern':
      return [0, 1, reason.paths.flat().length];
    case 'conflict':
      return [1, reason.axioms.length, argumentLength(reason.argument)];
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, x] of a.entries()) if (x !== b[i]) return x - (b[i] ?? 0);
  return 0;
}

function argumentLength({ lines, end }: Argument): number {
  const own = lines.reduce((sum, { impossible }) => sum + 1 + impossible.flatMap((i) => i.because).length, 0);
  if (end.kind === 'contradiction') return own + end.impossible.flatMap((i) => i.because).length;
  return own + argumentLength(end.first) + argumentLength(end.second);
}

function keyOf(reason: Reason, label: (id: EventId) => string): string {
  const path = (links: Path): string => links.map((l) => `${l.kind} ${label(l.from)} ${label(l.to)}`).join(',');
  const edge = ({ order, from, to }: Edge): string => `${label(from)} ${order} ${label(to)}`;
  const argument = ({ lines, end }: Argument): string =>
    [
      ...lines.map((line) => `${edge(line.forces)} ${line.impossible.map((i) => path(i.because)).join()}`),
      end.kind === 'contradiction'
        ? end.impossible.map((i) => path(i.because)).join()
        : `${edge(end.edge)} {${argument(end.first)}} {${argument(end.second)}}`,
    ].join(';');
  switch (reason.kind) {
    case 'cycle':
      return `${reason.axiom} ${path(reason.path)}`;
    case 'pattern':
      return `${reason.axiom} ${reason.events.map(label).join()} ${reason.paths.map(path).join(';')}`;
    case 'conflict':
      return `${reason.asked.map((c) => `${c.axiom} ${c.events.map(label).join()}`).join(';')} ${argument(reason.argument)}`;
  }
}
