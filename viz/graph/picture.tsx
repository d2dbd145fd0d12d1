import { useComputed, useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EventId } from '../../src/event/execution.ts';
import type { Box } from '../../src/report/draw/geometry.ts';
import { bottom } from '../../src/report/draw/geometry.ts';
import type { Arrangement } from './calls.ts';
import { choose, markActive, pointAt } from './active.ts';
import { dragEvents } from './drag.ts';
import { EdgeLabel, EdgeShape } from './edge.tsx';
import { EventBox, Panel } from './event.tsx';
import { walk } from './walk.ts';
import { arranged, drawn, edgeOf, figure, moves, zooming } from './state.ts';
import { Zoom } from './zoom.ts';

/** Plain edges first, so that the telling ones lie on top. */
const DEPTH = { po: 0, race: 1, asw: 2, own: 3, hb: 3, fr: 4, tot: 5, sw: 6, rf: 7 } as const;

/** The picture: threads are columns, time runs downwards. */
export function Picture() {
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const it = arranged.value;
  const zoom = zooming.value;
  // The frame is measured while it is empty, and what is in it is scaled before it is there: the texts of a large picture are slow to lay out twice.
  useLayoutEffect(() => {
    if (frame.current === null || svg.current === null) return;
    const made = new Zoom(frame.current, svg.current);
    zooming.value = made;
    return () => {
      zooming.value = null;
      made.end();
    };
  }, []);
  useLayoutEffect(() => zoom?.show(it?.it.extent ?? null), [it, zoom]);
  useEffect(() => (svg.current === null ? undefined : dragEvents(svg.current)), [it]);
  useSignalEffect(() => markActive(svg.current));
  const title = useComputed(() => drawn.value?.label ?? '');
  return (
    <div class="graph-frame" ref={frame}>
      <svg
        ref={svg}
        class="graph-picture"
        role="group"
        aria-roledescription="graph"
        aria-label={`Events of ${title.value}. Arrow keys go from event to event, square brackets from edge to edge.`}
        onKeyDown={(event) => walk(event, zoom)}
        onPointerMove={(event) => pointAt(event.target)}
        onPointerLeave={() => pointAt(null)}
        onClick={(event) => choose(event.target)}
      >
        <g class="graph-moved">
          {it === null || zoom === null ? null : <Everything of={it.key} it={it.it} zoom={zoom} />}
        </g>
      </svg>
    </div>
  );
}

/** How much further down is drawn in each frame, in the picture’s own pixels. */
const STEP = 900;

/** Down to where the picture is drawn: what is in view at once, and the rest in the frames after it, so that neither is waited for. */
function useDepth(of: string, { extent }: Arrangement, zoom: Zoom): number {
  const [drawnTo, setDrawnTo] = useState({ of: '', depth: 0 });
  const depth = drawnTo.of === of ? drawnTo.depth : zoom.lowest(extent) + MARGIN;
  const isWhole = depth >= bottom(extent);
  useEffect(() => {
    if (isWhole) return;
    const frame = requestAnimationFrame(() => setDrawnTo({ of, depth: depth + STEP }));
    return () => cancelAnimationFrame(frame);
  }, [of, depth, isWhole]);
  return isWhole ? Number.POSITIVE_INFINITY : depth;
}

const MARGIN = 40;

function Everything({ of, it, zoom }: { readonly of: string; readonly it: Arrangement; readonly zoom: Zoom }) {
  const depth = useDepth(of, it, zoom);
  const events = figure.value;
  if (events === null) return null;
  const boxes = new Map<EventId, Box>(it.boxes);
  const isDrawn = (...ids: readonly EventId[]): boolean => ids.some((id) => (boxes.get(id)?.y ?? depth) < depth);
  const moved = moves.value;
  const all = edgeOf.value;
  const placed = it.edges
    .flatMap((one) => {
      const edge = all.get(one.id);
      return edge === undefined || !isDrawn(edge.from, edge.to) ? [] : [{ edge, one }];
    })
    .toSorted((a, b) => (a.one.upon ? 9 : DEPTH[a.edge.kind]) - (b.one.upon ? 9 : DEPTH[b.edge.kind]));
  const nodes = [...events.initial, ...events.nodes].filter(({ event }) => isDrawn(event.id));
  return (
    <>
      <g aria-hidden="true">
        {events.columns.map(({ name, thread }, c) => (
          <Panel key={thread} name={name} thread={thread} box={it.panels[c]} />
        ))}
      </g>
      <g class="graph-edges" aria-hidden="true">
        {placed.map(({ edge, one }) => (
          <EdgeShape key={edge.id} edge={edge} placed={one} moves={moved} />
        ))}
      </g>
      {nodes.map((node, i) => (
        <EventBox
          key={node.event.id}
          node={node}
          box={boxes.get(node.event.id) as Box}
          move={moved.get(node.event.id)}
          first={i === 0}
        />
      ))}
      <g class="graph-labels" aria-hidden="true">
        {placed.map(({ edge, one }) =>
          one.label === null || edge.label === null ? null : (
            <EdgeLabel key={edge.id} edge={edge} box={one.label} moves={moved} />
          ),
        )}
      </g>
    </>
  );
}
