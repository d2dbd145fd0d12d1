import { isAccess, isReading, isWriting } from '../../../src/event/action.ts';
import type { EventId } from '../../../src/event/execution.ts';
import { fieldOf } from '../../../src/event/location.ts';
import { unitAt } from '../../../src/event/units.ts';
import type { Figure } from '../../../src/report/draw/figure.ts';
import type { LengthView, QueueView } from '../calls.ts';
import type { Telling } from './telling.ts';

/** How lengths change, of objects that grow, and who sees which length. */
export function lengthViews(figure: Figure, tell: Telling): LengthView[] {
  const views = new Map<number, { name: string; grows: boolean; steps: LengthView['steps'][number][] }>();
  for (const { event } of figure.nodes) {
    for (const [a, action] of event.actions.entries()) {
      if (!isAccess(action) || fieldOf(action.region) !== 'length') continue;
      if (!tell.context.visible.action(event.id, a)) continue;
      const view = views.get(action.region) ?? { name: tell.context.nameOf(action.region), grows: false, steps: [] };
      views.set(action.region, view);
      const [read, written] = [
        isReading(action) ? unitAt(action.read, 0) : null,
        isWriting(action) ? unitAt(action.written, 0) : null,
      ];
      view.grows ||= written !== null;
      const text =
        written === null
          ? event.kind === 'grow'
            ? `fails at ${read}`
            : `sees ${read}`
          : `grows from ${read ?? '?'} to ${written}`;
      view.steps.push({ event: event.id, name: tell.deed(event.id), text });
    }
  }
  return [...views.values()].filter(({ grows }) => grows).map(({ name, steps }) => ({ name, steps }));
}

/** Who waits in which queue, and who wakes whom, in the order of time. */
export function queueViews(figure: Figure, tell: Telling): QueueView[] {
  const views = new Map<string, { name: string; steps: QueueView['steps'][number][] }>();
  for (const { event } of figure.nodes) {
    for (const action of event.actions) {
      if (isAccess(action)) continue;
      const key = `${action.region} ${action.offset}`;
      const at = fieldOf(action.region) === 'queue' ? '' : `+${action.offset}`;
      const view = views.get(key) ?? { name: `${tell.context.nameOf(action.region)}${at}`, steps: [] };
      views.set(key, view);
      const peers = peersOf(event.id, action.kind, tell);
      const who = peers.map((id) => tell.thread(tell.event(id).thread)).join(', ');
      const text = {
        enqueue: 'goes to sleep',
        woken: who === '' ? 'is woken' : `is woken by ${who}`,
        timeout: 'gives up: the time is over',
        spurious: 'wakes by itself',
        notify: action.woke === 0 ? 'wakes nobody' : `wakes ${who === '' ? action.woke : who}`,
      }[action.kind];
      const line = tell.place(event.id)?.line;
      const name = `${tell.thread(event.thread)}${line === undefined ? '' : `, line ${line}:`}`;
      view.steps.push({ event: event.id, name, kind: action.kind, text, peer: peers[0] ?? null });
    }
  }
  return [...views.values()];
}

function peersOf(id: EventId, kind: string, { execution }: Telling): EventId[] {
  const isWake = (other: EventId): boolean => execution.events[other]?.actions.some((a) => a.kind === 'woken') ?? false;
  const isNotify = (other: EventId): boolean =>
    execution.events[other]?.actions.some((a) => a.kind === 'notify') ?? false;
  if (kind === 'notify') return execution.asw.filter(([a, b]) => a === id && isWake(b)).map(([, b]) => b);
  if (kind === 'woken') return execution.asw.filter(([a, b]) => b === id && isNotify(a)).map(([a]) => a);
  return [];
}
