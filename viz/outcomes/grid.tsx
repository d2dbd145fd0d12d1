import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { VirtualItem } from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Cell, Order, Row } from './rows.ts';
import { shortValue } from './rows.ts';

export interface GridProps {
  readonly columns: readonly string[];
  readonly models: readonly string[];
  readonly rows: readonly Row[];
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
  readonly onOpen: (row: Row, model: string, cell: Cell) => void;
}

const ROW_HEIGHT = 34;
/** Fewer rows are drawn all at once, so that they print and are found by the browser’s own search. */
const FEW = 200;

/** The table of outcomes. Of thousands of rows only those in sight exist. */
export function Grid(props: GridProps) {
  const { columns, models, rows, order, onOrder } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = rows.length > FEW;
  const items = useVirtualRows(scroller, rows.length, isVirtual);
  const first = items?.[0];
  const last = items?.at(-1);
  const shown =
    items === null
      ? rows.map((row, index) => ({ row, index }))
      : items.flatMap(({ index }) => {
          const row = rows[index];
          return row === undefined ? [] : [{ row, index }];
        });
  const total = rows.length * ROW_HEIGHT;
  return (
    <div
      ref={scroller}
      class="outcomes-scroll"
      data-virtual={isVirtual}
      tabIndex={isVirtual ? 0 : undefined}
      role={isVirtual ? 'group' : undefined}
      aria-label={isVirtual ? 'Outcomes' : undefined}
    >
      <table class="outcomes-table" aria-labelledby="outcomes-title" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading key={column} column={column} of="observation" order={order} onOrder={onOrder} />
            ))}
            {models.map((model) => (
              <Heading key={model} column={model} of="model" order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {first !== undefined && first.start > 0 && <Space height={first.start} />}
          {shown.map(({ row, index }) => (
            <tr key={row.key} aria-rowindex={index + 2}>
              {columns.map((column) => (
                <td key={column} class="outcomes-value">
                  <Value of={row.values[column]} />
                </td>
              ))}
              {models.map((model, i) => {
                const cell = row.cells[i] ?? { kind: 'open' };
                return (
                  <td key={model} class="outcomes-cell">
                    <Said cell={cell} model={model} row={row} onOpen={props.onOpen} />
                  </td>
                );
              })}
            </tr>
          ))}
          {last !== undefined && last.end < total && <Space height={total - last.end} />}
        </tbody>
      </table>
    </div>
  );
}

function Space({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      <td style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

interface HeadingProps {
  readonly column: string;
  readonly of: Order['of'];
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
}

/** What a column shows, in words; a click sorts by it. */
function columnText(column: string, of: Order['of']): string {
  if (of === 'model') return `What ${column} says: how many executions it allows`;
  const [, thread, action, result] = /^([^:]+):(\d+)(?::(\d+))?$/.exec(column) ?? [];
  if (thread === undefined) return column;
  const call = `call ${Number(action) + 1} of thread ${thread}`;
  return result === undefined ? `How ${call} ends` : `Result ${Number(result) + 1} of ${call}`;
}

/** Sorts by its column: up, down, not at all. */
function Heading({ column, of, order, onOrder }: HeadingProps) {
  const mine = order?.column === column && order.of === of ? order : null;
  const sort = mine === null ? 'none' : mine.descending ? 'descending' : 'ascending';
  const next =
    mine === null ? { column, of, descending: false } : mine.descending ? null : { ...mine, descending: true };
  return (
    <th scope="col" aria-sort={sort} class={`outcomes-heading-${of}`}>
      <button type="button" class="plain" title={columnText(column, of)} onClick={() => onOrder(next)}>
        {column}
        <span aria-hidden="true">{{ none: '', ascending: ' ↑', descending: ' ↓' }[sort]}</span>
      </button>
    </th>
  );
}

function Value({ of }: { of: string | undefined }) {
  if (of === undefined) return <span class="quiet">–</span>;
  const isEnd = /^(trap|deadlock|exception)/.test(of);
  return <span class={isEnd ? 'outcomes-end' : ''}>{shortValue(of)}</span>;
}

interface SaidProps {
  readonly cell: Cell;
  readonly model: string;
  readonly row: Row;
  readonly onOpen: GridProps['onOpen'];
}

function Said({ cell, model, row, onOpen }: SaidProps) {
  if (cell.kind === 'open') {
    return (
      <span class="quiet" title="The search came to a bound before it saw this outcome.">
        not seen
      </span>
    );
  }
  const open = (): void => onOpen(row, model, cell);
  if (cell.kind === 'forbidden') {
    return (
      <button type="button" class="plain outcomes-forbidden" onClick={open} title={`Why ${model} forbids it`}>
        <span aria-hidden="true">✗</span> forbidden
      </button>
    );
  }
  const { executions, weak, deadlock, hasWitness } = cell.row;
  return (
    <button type="button" class="plain outcomes-allowed" onClick={open} disabled={!hasWitness} title="Its execution">
      <span aria-hidden="true">✓</span> {executions.toLocaleString('en')}
      <span class="unseen">
        {' '}
        {executions === 1 ? 'execution' : 'executions'}, allowed by {model}
      </span>
      {weak && <span class="outcomes-mark">weak</span>}
      {deadlock && <span class="outcomes-mark outcomes-mark-bad">deadlock</span>}
    </button>
  );
}

/** The rows in sight and some around them; null if all are to be drawn. */
function useVirtualRows(
  scroller: { readonly current: HTMLDivElement | null },
  rowCount: number,
  isVirtual: boolean,
): readonly VirtualItem[] | null {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [virtualizer] = useState(
    () =>
      new Virtualizer<HTMLDivElement, HTMLTableRowElement>({
        count: 0,
        getScrollElement: () => scroller.current,
        estimateSize: () => ROW_HEIGHT,
        overscan: 12,
        scrollToFn: elementScroll,
        observeElementRect,
        observeElementOffset,
        onChange: () => redraw(0),
      }),
  );
  virtualizer.setOptions({ ...virtualizer.options, count: isVirtual ? rowCount : 0 });
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return isVirtual ? virtualizer.getVirtualItems() : null;
}
