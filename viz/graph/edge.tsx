import type { Box } from '../../src/report/draw/geometry.ts';
import { pathData } from '../../src/report/draw/geometry.ts';
import type { Paint } from '../../src/report/draw/svg-edge.ts';
import { SIZE } from '../../src/report/draw/theme.ts';
import type { GraphEdge, PlacedGraphEdge } from './calls.ts';
import type { Moves } from './data/shape.ts';
import { movedEdge, strokesOf, wholeWay } from './data/shape.ts';
import { differences } from './state.ts';

interface EdgeProps {
  readonly edge: GraphEdge;
  readonly placed: PlacedGraphEdge;
  readonly moves: Moves;
}

const PAINTS: Readonly<Record<Paint, string>> = { edge: 'var(--edge)', paper: 'var(--graph-paper)', none: 'none' };

/** An edge: a broad unseen line to point at, what is drawn, and under it a marker where it differs from the other execution. */
export function EdgeShape({ edge, placed, moves }: EdgeProps) {
  const shape = movedEdge(edge, placed, moves);
  const whole = pathData(wholeWay(shape));
  const isNew = differences.value?.edges.has(edge.id) ?? false;
  return (
    <g
      class="graph-edge"
      data-edge={edge.id}
      data-kind={edge.of === 'sw' ? 'sw' : edge.kind}
      data-ghost={edge.isGhost === true ? '' : undefined}
    >
      {isNew ? <path class="graph-marker" d={whole} /> : null}
      <path class="graph-hit" d={whole} />
      {strokesOf(edge, shape, placed.upon).map((stroke, i) => (
        <path
          key={i}
          class="graph-stroke"
          d={stroke.d}
          fill={PAINTS[stroke.fill]}
          stroke={PAINTS[stroke.stroke]}
          stroke-width={stroke.stroke === 'none' ? undefined : stroke.width}
          stroke-dasharray={stroke.dash ?? undefined}
          stroke-linecap={stroke.round ? 'round' : undefined}
          stroke-linejoin="round"
        />
      ))}
    </g>
  );
}

/** Which bytes an edge is about, or which relation it is of. */
export function EdgeLabel({
  edge,
  box,
  moves,
}: {
  readonly edge: GraphEdge;
  readonly box: Box;
  readonly moves: Moves;
}) {
  const [a, b] = [moves.get(edge.from) ?? [0, 0], moves.get(edge.to) ?? [0, 0]];
  return (
    <g
      class="graph-edge-label"
      data-label-of={edge.id}
      data-ghost={edge.isGhost === true ? '' : undefined}
      transform={`translate(${(a[0] + b[0]) / 2},${(a[1] + b[1]) / 2})`}
    >
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={3} />
      <text x={box.x + box.width / 2} y={box.y + box.height - 4.2} font-size={SIZE.edge}>
        {edge.label}
      </text>
    </g>
  );
}
