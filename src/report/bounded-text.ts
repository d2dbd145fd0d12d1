import { assertNever } from '../base/assert.ts';
import type { Order } from '../event/action.ts';
import type { ShownEvent } from '../litmus/write-test.ts';
import { shownEvents } from '../litmus/write-test.ts';
import type { BoundedExecution } from '../model/bounded/sc-drf.ts';

const READ: Readonly<Record<Order, string>> = { init: '', unord: 'R', acqrel: 'Racq', seqcst: 'Rsc' };
const WRITE: Readonly<Record<Order, string>> = { init: '', unord: 'W', acqrel: 'Wrel', seqcst: 'Wsc' };
const UPDATE: Readonly<Record<Order, string>> = { init: '', unord: '', acqrel: 'RMWar', seqcst: 'RMWsc' };
const FENCE: Readonly<Record<Order, string>> = { init: '', unord: '', acqrel: 'Far', seqcst: 'Fsc' };

/** `Wsc x := 1`, `R x = 2`, `RMWsc x: 1 → 3`, `Fsc`; everything is 0 at the start. */
export function eventText({ letter, place, read, written }: ShownEvent): string {
  const name = place?.name ?? '';
  const shown = (value: number | null): string =>
    value === null ? '' : place !== null && place.size > 1 && value !== 0 ? hex(value, place.size) : String(value);
  switch (letter.kind) {
    case 'rd':
      return `${READ[letter.order]} ${name} = ${shown(read)}`;
    case 'wr':
      return `${WRITE[letter.order]} ${name} := ${shown(written)}`;
    case 'rmw':
      return `${UPDATE[letter.order]} ${name}: ${shown(read)} → ${shown(written)}`;
    case 'fence':
      return FENCE[letter.order];
    default:
      return assertNever(letter.kind);
  }
}

function hex(value: number, size: number): string {
  return `0x${value.toString(16).padStart(2 * size, '0')}`;
}

/** A small execution as a program in columns, one for each thread, with what its reads read. */
export function executionColumns(execution: Pick<BoundedExecution, 'program' | 'rf'>): string {
  const events = shownEvents(execution);
  const columns = execution.program.sizes.map((_, t) => [
    `T${t + 1}`,
    ...events.filter(({ thread }) => thread === t).map(eventText),
  ]);
  const widths = columns.map((lines) => Math.max(...lines.map((line) => line.length)));
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    columns
      .map((lines, t) => (lines[row] ?? '').padEnd(widths[t] ?? 0))
      .join(' ‖ ')
      .trimEnd(),
  ).join('\n');
}

/** The same in a line: `Wsc x := 1; R x = 2 ‖ Wsc x := 2`. */
export function executionLine(execution: Pick<BoundedExecution, 'program' | 'rf'>): string {
  const events = shownEvents(execution);
  return execution.program.sizes
    .map((_, t) =>
      events
        .filter(({ thread }) => thread === t)
        .map(eventText)
        .join('; '),
    )
    .join(' ‖ ');
}
