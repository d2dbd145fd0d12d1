import type { EventId } from '../../src/event/execution.ts';
import { pointed } from '../state/state.ts';
import type { Active } from './state.ts';
import { active, arranged, detailOf, edgeOf, focused, hovered } from './state.ts';

/** Marks what is pointed at and its neighbours, and lets the editor show its place. For an effect. */
export function markActive(svg: SVGSVGElement | null): void {
  const it = active.value;
  void arranged.value;
  const all = edgeOf.value;
  const details = detailOf.value;
  if (svg === null) return;
  for (const element of svg.querySelectorAll<SVGElement>('[data-near]')) delete element.dataset['near'];
  if (it === null) {
    delete svg.dataset['active'];
    pointed.value = null;
    return;
  }
  svg.dataset['active'] = it.kind;
  const near = (selector: string, how: 'self' | 'next'): void => {
    for (const element of svg.querySelectorAll<SVGElement>(selector)) element.dataset['near'] = how;
  };
  const event = (id: EventId, how: 'self' | 'next'): void => near(`[data-event="${id}"]`, how);
  if (it.kind === 'event') {
    event(it.id, 'self');
    for (const edge of all.values()) {
      if (edge.from !== it.id && edge.to !== it.id) continue;
      if (svg.querySelector(`[data-edge="${CSS.escape(edge.id)}"]`) === null) continue;
      near(`[data-edge="${CSS.escape(edge.id)}"]`, 'next');
      event(edge.from === it.id ? edge.to : edge.from, 'next');
    }
    event(it.id, 'self');
    const detail = details.get(it.id);
    pointed.value =
      detail === undefined || detail.line === null || detail.column === null
        ? null
        : { line: detail.line, column: detail.column };
    return;
  }
  const edge = all.get(it.id);
  pointed.value = null;
  if (edge === undefined) return;
  near(`[data-edge="${CSS.escape(edge.id)}"]`, 'self');
  event(edge.from, 'next');
  event(edge.to, 'next');
}

/** What an element of the picture stands for. */
function activeOf(target: EventTarget | null): Active | null {
  const it = target instanceof Element ? target.closest<SVGElement>('[data-event], [data-edge]') : null;
  const { event, edge } = it?.dataset ?? {};
  if (event !== undefined) return { kind: 'event', id: Number(event) as EventId };
  return edge === undefined ? null : { kind: 'edge', id: edge };
}

/** The pointer has moved onto an element. Elements that come to lie under a pointer at rest are not pointed at. */
export function pointAt(target: EventTarget | null): void {
  const it = activeOf(target);
  const old = hovered.peek();
  if (it?.kind !== old?.kind || it?.id !== old?.id) hovered.value = it;
}

/** An edge that was clicked is told until something else is. */
export function choose(target: EventTarget | null): void {
  const it = activeOf(target);
  if (it?.kind !== 'event') focused.value = it;
}
