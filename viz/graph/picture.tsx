import { useComputed, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { EventId } from '../../src/event/execution.ts';
import type { Box } from '../../src/report/draw/geometry.ts';
import type { Arrangement } from './calls.ts';
import { choose, markActive, pointAt } from './active.ts';
import { dragEvents } from './drag.ts';
import { EdgeLabel, EdgeShape } from './edge.tsx';
import { EventBox, Panel } from './event.tsx';
import { walk } from './walk.ts';
import { arranged, data, drawn, edgeOf, moves, zooming } from './state.ts';
import { Zoom } from './zoom.ts';

/** Plain edges first, so that the telling ones lie on top. */
const DEPTH = { po: 0, race: 1, asw: 2, own: 3, hb: 3, fr: 4, tot: 5, sw: 6, rf: 7 } as const;

/** The picture: threads are columns, time runs downwards. */
export function Picture() {
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const zoom = useRef<Zoom | null>(null);
  const it = arranged.value;
  useEffect(() => {
    if (frame.current === null || svg.current === null) return;
    const made = new Zoom(frame.current, svg.current);
    zoom.current = made;
    zooming.value = made;
    return () => {
      zooming.value = null;
      made.end();
    };
  }, []);
  useEffect(() => zoom.current?.show(it?.it.extent ?? null), [it]);
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
        onKeyDown={(event) => walk(event, zoom.current)}
        onPointerMove={(event) => pointAt(event.target)}
        onPointerLeave={() => pointAt(null)}
        onClick={(event) => choose(event.target)}
      >
        <g class="graph-moved">{it === null ? null : <Everything it={it.it} />}</g>
      </svg>
    </div>
  );
}

function Everything({ it }: { readonly it: Arrangement }) {
  const figure = data.value?.figure;
  if (figure === undefined) return null;
  const boxes = new Map<EventId, Box>(it.boxes);
  const moved = moves.value;
  const all = edgeOf.value;
  const placed = it.edges
    .flatMap((one) => {
      const edge = all.get(one.id);
      return edge === undefined ? [] : [{ edge, one }];
    })
    .toSorted((a, b) => (a.one.upon ? 9 : DEPTH[a.edge.kind]) - (b.one.upon ? 9 : DEPTH[b.edge.kind]));
  const nodes = [...figure.initial, ...figure.nodes].filter(({ event }) => boxes.has(event.id));
  return (
    <>
      <g aria-hidden="true">
        {figure.columns.map(({ name, thread }, c) => (
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
