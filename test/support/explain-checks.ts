import { expect } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { isReading, isWriting } from '../../src/event/action.ts';
import type { Event, EventId, Execution } from '../../src/event/execution.ts';
import { covers } from '../../src/event/location.ts';
import type { Explanation, Group } from '../../src/explore/explain/explanation.ts';
import type { Argument, Impossible } from '../../src/model/reasons/conflict.ts';
import { askedBy, edgeKey } from '../../src/model/reasons/conflict.ts';
import type { Link, Path } from '../../src/model/reasons/links.ts';
import type { Demands, Model } from '../../src/model/model.ts';
import { axiomsOf } from '../../src/model/reasons/reasons.ts';
import { figureOf } from '../../src/report/draw/figure.ts';
import { pictureOf } from '../../src/report/explain/explain-draw.ts';
import { eventsIn } from '../../src/report/explain/reason-text.ts';
import type { Program } from '../../src/runtime/program.ts';
import type { Surprise, Way } from '../../src/model/surprise/surprise.ts';

/** Checks explanations against the executions that they are about, with nothing of what made them. */

/** That a group is a forbidden candidate, and that every edge of its reason is one. */
export function checkGroup(model: Model, { reason, candidate, forbidden }: Group): void {
  const { execution } = candidate;
  expect(model.check(execution).consistent).toBe(false);
  expect(
    model.less(model.axioms.map(({ name }) => name).filter((name) => name !== 'value')).check(execution).consistent,
  ).toBe(true);
  for (const axiom of axiomsOf(reason)) expect(model.axioms.map(({ name }) => name)).toContain(axiom);
  const { relations } = forbidden;
  switch (reason.kind) {
    case 'cycle':
      checkPath(reason.path, execution, forbidden.relations.hb.has.bind(relations.hb));
      expect(reason.path.at(-1)?.to).toBe(reason.path[0]?.from);
      return;
    case 'pattern': {
      const [first, second, third] = reason.events as [EventId, EventId, EventId];
      const reader = third ?? second;
      expect(writersOf(execution, reader)).toContain(first);
      const ways = reason.paths.map((path) => [path[0]?.from, path.at(-1)?.to]);
      if (reason.axiom === 'hb-consistent-3')
        expect(ways).toEqual([
          [first, second],
          [second, third],
        ]);
      if (reason.axiom === 'hb-consistent-1' && first !== second) expect(ways).toEqual([[second, first]]);
      for (const path of reason.paths) checkPath(path, execution, () => true);
      return;
    }
    case 'conflict':
      checkArgument(reason.argument, execution, known(model.demands, 'demands')(execution), new Set());
  }
}

function checkPath(path: Path, execution: Execution, isHb: (from: EventId, to: EventId) => boolean): void {
  for (const [i, link] of path.entries()) {
    checkLink(link, execution);
    expect(isHb(link.from, link.to)).toBe(true);
    if (i > 0) expect(link.from).toBe(path[i - 1]?.to);
  }
}

function checkLink({ kind, from, to }: Link, { events, rf, asw }: Execution): void {
  const [a, b] = [known(events[from], 'event'), known(events[to], 'event')];
  switch (kind) {
    case 'po':
      expect([a.thread, a.index < b.index]).toEqual([b.thread, true]);
      return;
    case 'sw':
      expect((rf[to] ?? []).flatMap((row) => row ?? [])).toContain(from);
      expect(b.actions.some((x) => isReading(x) && (x.order === 'seqcst' || x.order === 'acqrel'))).toBe(true);
      return;
    case 'asw':
      expect(asw.some(([x, y]) => x === from && y === to)).toBe(true);
      return;
    case 'iw':
      expect(a.kind).toBe('alloc');
      return;
    case 'hb':
    case 'rf':
    case 'fr':
    case 'co':
    case 'related':
    case 'forced':
    case 'supposed':
      expect.fail(`an edge of kind ${kind} where hb was promised`);
  }
}

/** That every line of an argument follows. */
function checkArgument(
  { lines, end }: Argument,
  execution: Execution,
  demands: Demands,
  had: ReadonlySet<string>,
): void {
  const known = new Set(had);
  const asked = demands.constraints.map((constraint) => askedBy(constraint, demands));
  const checkImpossible = (list: readonly Impossible[]): void => {
    for (const { edge, because } of list) {
      if (edge.from === edge.to) continue;
      expect([because[0]?.from, because.at(-1)?.to]).toEqual([edge.to, edge.from]);
      for (const [i, link] of because.entries()) {
        if (i > 0) expect(link.from).toBe(because[i - 1]?.to);
        if (link.kind === 'forced' || link.kind === 'supposed') {
          expect(known).toContain(edgeKey(link));
          expect(link.order).toBe(edge.order);
        } else checkLink(link, execution);
      }
    }
  };
  for (const line of lines) {
    expect(asked).toContainEqual(line.asked);
    checkImpossible(line.impossible);
    const all = [line.forces, ...line.impossible.map(({ edge }) => edge)].map(edgeKey);
    expect(all.toSorted()).toEqual(line.asked.either.map(edgeKey).toSorted());
    known.add(edgeKey(line.forces));
  }
  if (end.kind === 'contradiction') {
    expect(asked).toContainEqual(end.asked);
    checkImpossible(end.impossible);
    expect(end.impossible.map(({ edge }) => edgeKey(edge)).toSorted()).toEqual(
      end.asked.either.map(edgeKey).toSorted(),
    );
    return;
  }
  const { order, from, to } = end.edge;
  checkArgument(end.first, execution, demands, new Set([...known, edgeKey(end.edge)]));
  checkArgument(end.second, execution, demands, new Set([...known, edgeKey({ order, from: to, to: from })]));
}

function writersOf({ rf }: Execution, id: EventId): readonly EventId[] {
  return (rf[id] ?? []).flatMap((row) => row ?? []);
}

/** That the orders of a surprise explain the execution: every unit is read from the latest write, and only the named pairs of po are turned round. */
export function checkSurprise(surprise: Surprise, execution: Execution): void {
  if (surprise.kind === 'no-order') return;
  if (surprise.kind === 'none') {
    checkWay({ reordered: [], order: surprise.order.map((event) => ({ event, piece: null })) }, execution);
    return;
  }
  expect(surprise.ways.length).toBeGreaterThan(0);
  for (const way of surprise.ways) checkWay(way, execution);
  if (surprise.kind === 'reordering') expect(surprise.torn).toEqual([]);
  if (surprise.kind === 'tearing') expect(surprise.torn.length).toBeGreaterThan(0);
  if (surprise.kind === 'disagreement') expect(surprise.disagreement).not.toBeNull();
}

function checkWay({ reordered, order }: Way, execution: Execution): void {
  const { events, asw } = execution;
  const turned = new Set(reordered.map(({ from, to }) => `${from},${to}`));
  expect(new Set(order.map(({ event }) => event)).size).toBe(events.length);
  const last = new Map<string, EventId>();
  const seen = new Set<EventId>();
  for (const { event: id, piece } of order) {
    const event = known(events[id], 'event');
    checkReads(event, piece, execution, last);
    for (const action of event.actions) {
      if (isWriting(action))
        for (let k = action.offset; k < action.offset + action.size && k < action.offset + 64; k++)
          last.set(`${action.region}:${k}`, id);
      if (isWriting(action) && action.size > 64) last.set(`${action.region}:*`, id);
    }
    for (const later of seen) {
      const other = known(events[later], 'event');
      if (other.thread === event.thread && other.index > event.index) expect(turned).toContain(`${id},${later}`);
    }
    for (const [a, b] of asw) if (a === id) expect(seen.has(b)).toBe(false);
    seen.add(id);
  }
}

function checkReads(
  event: Event,
  piece: { readonly from: number; readonly to: number } | null,
  { events, rf }: Execution,
  last: ReadonlyMap<string, EventId>,
): void {
  for (const [a, action] of event.actions.entries()) {
    if (!isReading(action)) continue;
    for (const [k, writer] of (rf[event.id]?.[a] ?? []).entries()) {
      const unit = action.offset + k;
      if (piece !== null && (unit < piece.from || unit >= piece.to)) continue;
      const latest = last.get(`${action.region}:${unit}`) ?? last.get(`${action.region}:*`);
      const wrote = known(events[writer], 'writer').actions.some(
        (w) => isWriting(w) && w.region === action.region && covers(w, unit),
      );
      expect([latest, wrote]).toEqual([writer, true]);
    }
  }
}

/** That the picture leaves out nothing but forks and joins, nothing that the reason speaks of, and no edge between what it shows. */
export function checkPicture({ source }: Program, found: Extract<Explanation, { readonly kind: 'forbidden' }>): void {
  const [group] = found.groups;
  const picture = pictureOf('test', source, found);
  if (group === undefined || picture === null) return;
  const whole = figureOf(picture.witness, { ...picture.options, mainThread: 'show' });
  const drawn = figureOf(picture.witness, picture.options);
  const shown = new Set([...drawn.initial, ...drawn.nodes].map(({ event }) => event.id));
  const left = [...whole.initial, ...whole.nodes].filter(({ event }) => !shown.has(event.id));
  const spoken = eventsIn(group.reason, group.forbidden.steps);
  for (const { event } of left) {
    expect(['fork', 'join']).toContain(event.kind);
    expect(spoken).not.toContain(event.id);
  }
  expect(drawn.edges).toEqual(whole.edges.filter(({ from, to }) => shown.has(from) && shown.has(to)));
}
