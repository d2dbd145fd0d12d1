import { drag } from 'd3-drag';
import type { D3DragEvent } from 'd3-drag';
import { select } from 'd3-selection';
import { known } from '../../src/base/assert.ts';
import type { EventId } from '../../src/event/execution.ts';
import { pathData } from '../../src/report/draw/geometry.ts';
import { movedEdge, strokesOf, wholeWay } from './data/shape.ts';
import { arranged, edgeOf, moves } from './state.ts';

/** Lets events be dragged, their edges following; while one is, only what moves is touched. Gives what ends it. */
export function dragEvents(svg: SVGSVGElement): () => void {
  const picture = svg.querySelector<SVGGElement>('.graph-moved');
  let now = new Map(moves.peek());
  let frame = 0;
  const behavior = drag<SVGSVGElement, unknown, Dragged>()
    .container(() => picture ?? svg)
    .filter((event: MouseEvent) => event.button === 0 && !event.ctrlKey && eventAt(event.target) !== null)
    .subject(({ sourceEvent, x, y }: { sourceEvent: Event; x: number; y: number }) => {
      return { id: known(eventAt(sourceEvent.target), 'event'), x, y };
    })
    .touchable(false)
    .clickDistance(4)
    .on('start', () => {
      now = new Map(moves.peek());
    })
    .on('drag', ({ subject: { id }, dx, dy }: D3DragEvent<SVGSVGElement, unknown, Dragged>) => {
      const [x, y] = now.get(id) ?? [0, 0];
      now.set(id, [x + dx, y + dy]);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => follow(svg, id, now));
    })
    .on('end', ({ subject: { id } }: D3DragEvent<SVGSVGElement, unknown, Dragged>) => {
      cancelAnimationFrame(frame);
      if (now.has(id)) moves.value = new Map(now);
    });
  const events = select(svg).call(behavior);
  // Fingers scroll and pan: see the zoom.
  svg.style.touchAction = '';
  return () => {
    cancelAnimationFrame(frame);
    events.on('.drag', null);
  };
}

interface Dragged {
  readonly id: EventId;
  readonly x: number;
  readonly y: number;
}

function eventAt(target: EventTarget | null): EventId | null {
  const it = target instanceof Element ? target.closest<SVGElement>('[data-event]') : null;
  return it === null ? null : (Number(it.dataset['event']) as EventId);
}

/** Moves one event by some distance, for those who use the keyboard. */
export function moveEvent(id: EventId, by: readonly [number, number]): void {
  const [x, y] = moves.peek().get(id) ?? [0, 0];
  moves.value = new Map(moves.peek()).set(id, [x + by[0], y + by[1]]);
}

/** Draws an event and its edges where they are now. */
function follow(svg: SVGSVGElement, id: EventId, now: ReadonlyMap<EventId, readonly [number, number]>): void {
  const it = arranged.peek()?.it;
  if (it === undefined) return;
  const box = it.boxes.find(([event]) => event === id)?.[1];
  const [x, y] = now.get(id) ?? [0, 0];
  if (box !== undefined)
    svg.querySelector(`[data-event="${id}"]`)?.setAttribute('transform', `translate(${box.x + x},${box.y + y})`);
  const all = edgeOf.peek();
  for (const placed of it.edges) {
    const edge = all.get(placed.id);
    if (edge === undefined || (edge.from !== id && edge.to !== id)) continue;
    const group = svg.querySelector(`[data-edge="${CSS.escape(edge.id)}"]`);
    if (group === null) continue;
    const shape = movedEdge(edge, placed, now);
    const whole = pathData(wholeWay(shape));
    for (const path of group.querySelectorAll('.graph-hit, .graph-marker')) path.setAttribute('d', whole);
    const paths = group.querySelectorAll('.graph-stroke');
    for (const [i, stroke] of strokesOf(edge, shape, placed.upon).entries()) paths[i]?.setAttribute('d', stroke.d);
    const [a, b] = [now.get(edge.from) ?? [0, 0], now.get(edge.to) ?? [0, 0]];
    svg
      .querySelector(`[data-label-of="${CSS.escape(edge.id)}"]`)
      ?.setAttribute('transform', `translate(${(a[0] + b[0]) / 2},${(a[1] + b[1]) / 2})`);
  }
}
