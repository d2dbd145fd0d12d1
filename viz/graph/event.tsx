import type { EventId } from '../../src/event/execution.ts';
import type { FigureNode } from '../../src/report/draw/figure.ts';
import type { Box } from '../../src/report/draw/geometry.ts';
import type { LabelLine } from '../../src/report/draw/labels.ts';
import { plainText } from '../../src/report/draw/labels.ts';
import { LINE_HEIGHT, PAD_TOP, PANEL_HEADER, SITE_HEIGHT } from '../../src/report/draw/layout.ts';
import { BADGE_HEIGHT, badgeWidth } from '../../src/report/draw/svg-badge.ts';
import { SIZE } from '../../src/report/draw/theme.ts';
import { detailOf, differences, focused, shown, stop } from './state.ts';

interface EventProps {
  readonly node: FigureNode;
  readonly box: Box;
  readonly move: readonly [number, number] | undefined;
  /** Whether it is the one that the tabulator key goes to. */
  readonly first: boolean;
}

/** One sign of a picture: it has a name, and nothing in it has. */
const SYMBOL = { role: 'graphics-symbol' } as object;

/** An event as a box with its label; the same as in the files that are exported. */
export function EventBox({ node, box, move, first }: EventProps) {
  const { event, shape, mark } = node;
  const { id } = event;
  const radius = shape === 'control' ? Math.min(16, box.height / 2) : 6;
  const used = PAD_TOP + node.lines.length * LINE_HEIGHT + (node.site === '' ? 0 : SITE_HEIGHT) + PAD_TOP;
  const top = (box.height - used) / 2 + PAD_TOP;
  const x = box.width / 2;
  const [dx, dy] = move ?? [0, 0];
  const isStop = stop.value === null ? first : stop.value === id;
  return (
    <g
      class="graph-event"
      data-event={id}
      data-shape={shape}
      data-mark={mark ?? undefined}
      data-differs={differenceOf(id)?.how}
      transform={`translate(${box.x + dx},${box.y + dy})`}
      {...SYMBOL}
      aria-label={labelOf(node)}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => {
        stop.value = id;
        focused.value = { kind: 'event', id };
      }}
      onClick={(click) => click.currentTarget.focus()}
    >
      <rect class="graph-box" width={box.width} height={box.height} rx={radius} />
      {node.lines.map((line, i) => (
        <Label key={i} line={line} x={x} y={top + i * LINE_HEIGHT + 14} />
      ))}
      {node.site === '' ? null : (
        <text class="graph-site" x={x} y={top + node.lines.length * LINE_HEIGHT + 10.5} font-size={SIZE.site}>
          {node.site}
        </text>
      )}
      <Sign id={id} />
      {mark === null ? null : <Badge text={mark} right={box.width - 8} />}
      <Position id={id} />
    </g>
  );
}

/** How events differ from those of another execution: a sign in their corner, and in words. */
export const SIGNS = {
  changed: { how: 'changed', sign: '≠', words: 'with another value there' },
  added: { how: 'added', sign: '+', words: 'only here' },
  gone: { how: 'gone', sign: '−', words: 'only there' },
} as const;

function differenceOf(id: EventId): (typeof SIGNS)[keyof typeof SIGNS] | null {
  const it = differences.value;
  if (it === null) return null;
  if (id < 0) return SIGNS.gone;
  return it.added.has(id) ? SIGNS.added : it.changed.has(id) ? SIGNS.changed : null;
}

/** In an execution without end: what comes again and again. */
const REPEATS = '↻';

function Sign({ id }: { readonly id: EventId }) {
  const sign = differenceOf(id)?.sign ?? (detailOf.value.get(id)?.repeats === true ? REPEATS : null);
  if (sign === null) return null;
  return (
    <text class="graph-sign" x={9} y={15} font-size={SIZE.label}>
      {sign}
    </text>
  );
}

function labelOf(node: FigureNode): string {
  const detail = detailOf.value.get(node.event.id);
  const what = node.lines.map(plainText).join(', ');
  const mark = node.mark === null ? '' : `, ${node.mark}`;
  const difference = differenceOf(node.event.id);
  const repeats = detail?.repeats === true ? ', again and again' : '';
  return `${node.thread}: ${what}${mark}${repeats}${detail === undefined || detail.line === null ? '' : `, line ${detail.line}`}${difference === null ? '' : `, ${difference.words}`}`;
}

/** The event's number in the total order, while that is shown. */
function Position({ id }: { readonly id: EventId }) {
  const position = detailOf.value.get(id)?.position ?? null;
  if (position === null || !shown.value.has('tot')) return null;
  return (
    <text class="graph-position" x={8} y={-4} font-size={SIZE.edge}>
      {position}
    </text>
  );
}

function Badge({ text, right }: { readonly text: string; readonly right: number }) {
  const width = badgeWidth(text);
  return (
    <g class="graph-badge">
      <rect x={right - width} y={-7.5} width={width} height={BADGE_HEIGHT} rx={BADGE_HEIGHT / 2} />
      <text x={right - width / 2} y={3.3} font-size={SIZE.badge}>
        {text}
      </text>
    </g>
  );
}

function Label({ line, x, y }: { readonly line: LabelLine; readonly x: number; readonly y: number }) {
  return (
    <text class="graph-label" x={x} y={y} font-size={SIZE.label}>
      {line.map(({ text, sub }, i) => {
        const lowered = line[i - 1]?.sub === true;
        if (!sub && !lowered) return text;
        return (
          <tspan key={i} dy={sub ? 3 : lowered ? -3 : undefined} font-size={sub ? SIZE.sub : undefined}>
            {text}
          </tspan>
        );
      })}
    </text>
  );
}

export function Panel({
  name,
  thread,
  box,
}: {
  readonly name: string;
  readonly thread: number;
  readonly box: Box | undefined;
}) {
  if (box === undefined) return null;
  return (
    <g style={{ '--thread': `var(--thread-${thread % 8})` }}>
      <rect class="graph-panel" x={box.x} y={box.y} width={box.width} height={box.height} rx={10} />
      <text class="graph-thread" x={box.x + box.width / 2} y={box.y + PANEL_HEADER - 10} font-size={SIZE.thread}>
        {name}
      </text>
    </g>
  );
}
