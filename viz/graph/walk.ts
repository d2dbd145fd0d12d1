import type { EventId } from '../../src/event/execution.ts';
import type { Box } from '../../src/report/draw/geometry.ts';
import { moveEvent } from './drag.ts';
import { arranged, edges, figure, focused, hovered } from './state.ts';
import type { Zoom } from './zoom.ts';

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** Pixels that an event moves by one key. */
const NUDGE = 10;
const PAN = 60;

/**
 * The picture's keys: arrows go to the next event of the thread or of the next one, with shift they move the event, with the control key the picture; `[` and `]`
 * go through an event's edges, + - 0 zoom.
 */
export function walk(event: KeyboardEvent, zoom: Zoom | null): void {
  const step = STEPS[event.key];
  const at = focused.peek();
  const id = eventOf(event.target);
  if (event.altKey) return;
  hovered.value = null;
  if (step !== undefined && (event.ctrlKey || event.metaKey)) zoom?.pan(-step[0] * PAN, -step[1] * PAN);
  else if (event.ctrlKey || event.metaKey) return;
  else if (step !== undefined && event.shiftKey && id !== null) moveEvent(id, [step[0] * NUDGE, step[1] * NUDGE]);
  else if (step !== undefined && id !== null) goTo(event, next(id, step), zoom);
  else if (event.key === 'Home' || event.key === 'End') goTo(event, endOf(event.key), zoom);
  else if ((event.key === ']' || event.key === '[') && id !== null) turnEdge(id, event.key === ']' ? 1 : -1);
  else if (event.key === '+' || event.key === '=') zoom?.by(1.3);
  else if (event.key === '-') zoom?.by(1 / 1.3);
  else if (event.key === '0') zoom?.fit();
  else if (event.key === 'Escape' && at?.kind === 'edge' && id !== null) focused.value = { kind: 'event', id };
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function eventOf(target: EventTarget | null): EventId | null {
  const it = target instanceof Element ? target.closest<SVGElement>('[data-event]') : null;
  return it === null ? null : (Number(it.dataset['event']) as EventId);
}

function goTo(event: KeyboardEvent, id: EventId | null, zoom: Zoom | null): void {
  if (id === null) return;
  const svg = event.currentTarget as SVGSVGElement;
  const box = boxOf(id);
  if (box !== undefined) zoom?.reveal(box);
  svg.querySelector<SVGGElement>(`[data-event="${id}"]`)?.focus({ preventScroll: true });
}

function boxOf(id: EventId): Box | undefined {
  return arranged.peek()?.it.boxes.find(([event]) => event === id)?.[1];
}

/** Up and down: the events of the thread in turn; sideways: the nearest event of the next thread that has one. */
function next(id: EventId, [x, y]: readonly [number, number]): EventId | null {
  const events = figure.peek();
  if (events === null) return null;
  const initial = events.initial.findIndex(({ event }) => event.id === id);
  if (initial >= 0) {
    if (x !== 0) return events.initial[initial + x]?.event.id ?? null;
    return y > 0 ? (events.nodes[0]?.event.id ?? null) : null;
  }
  const column = events.nodes.find(({ event }) => event.id === id)?.column ?? 0;
  if (y !== 0) {
    const own = events.nodes.filter((node) => node.column === column);
    const index = own.findIndex(({ event }) => event.id === id) + y;
    return own[index]?.event.id ?? (index < 0 ? (events.initial[0]?.event.id ?? null) : null);
  }
  for (let c = column + x; c >= 0 && c < events.columns.length; c += x) {
    const height = (other: EventId): number => Math.abs((boxOf(other)?.y ?? 0) - (boxOf(id)?.y ?? 0));
    const nearest = events.nodes
      .filter((node) => node.column === c)
      .map(({ event }) => event.id)
      .toSorted((a, b) => height(a) - height(b))[0];
    if (nearest !== undefined) return nearest;
  }
  return null;
}

function endOf(key: 'Home' | 'End'): EventId | null {
  const events = figure.peek();
  const all = [...(events?.initial ?? []), ...(events?.nodes ?? [])];
  return all.at(key === 'Home' ? 0 : -1)?.event.id ?? null;
}

/** Goes through the edges that an event has. */
function turnEdge(id: EventId, by: number): void {
  const own = edges.peek().filter(({ from, to }) => from === id || to === id);
  const at = focused.peek();
  const index = at?.kind === 'edge' ? own.findIndex((edge) => edge.id === at.id) : by > 0 ? -1 : 0;
  const edge = own[(index + by + own.length) % own.length];
  if (edge !== undefined) focused.value = { kind: 'edge', id: edge.id };
}
