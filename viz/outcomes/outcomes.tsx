import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { addPart, isRecord } from '../state/address.ts';
import { answers, explored, exploring, models, selection, text, view } from '../state/state.ts';
import { Broken } from './broken.tsx';
import { Complaints } from './complaints.tsx';
import { Effort } from './effort.tsx';
import { Findings } from './findings.tsx';
import { Grid } from './grid.tsx';
import { Instances } from './instances.tsx';
import './outcomes.css';
import type { Order } from './rows.ts';
import { filtered, sorted, tableOf } from './rows.ts';
import { Welcome } from './welcome.tsx';
import { Verdicts } from './verdicts.tsx';

const filter = signal('');
const order = signal<Order | null>(null);

addPart({
  key: 'outcomes',
  read: () => ({ filter: filter.value, order: order.value }),
  write: (value) => {
    if (!isRecord(value)) return;
    if (typeof value['filter'] === 'string') filter.value = value['filter'];
    order.value = isOrder(value['order']) ? value['order'] : null;
  },
});

function isOrder(value: unknown): value is Order {
  if (!isRecord(value)) return false;
  const { column, of, descending } = value;
  return typeof column === 'string' && (of === 'observation' || of === 'model') && typeof descending === 'boolean';
}

/** All outcomes, what every model says of them, and what is wrong with the program. */
export function Outcomes() {
  const it = explored.value;
  const table = useMemo(() => tableOf(answers.value), [answers.value]);
  const shown = useMemo(
    () => sorted(filtered(table.rows, filter.value), order.value, models.value),
    [table, filter.value, order.value],
  );
  if (it === null && text.value.trim() === '') return <Welcome />;
  if (it === null)
    return <p class="quiet">{exploring.value.kind === 'running' ? 'Exploring …' : 'Nothing was explored yet.'}</p>;
  if (it.answer.kind === 'refused') return <Complaints diagnostics={it.answer.diagnostics} />;
  return (
    <div class="outcomes" data-stale={it.of !== text.value}>
      <Instances all={it.answer.instances} />
      <Broken models={it.answer.broken} />
      <Verdicts answers={answers.value} />
      <Findings answers={answers.value} />
      {answers.value.length > 0 && (
        <>
          <div class="outcomes-tools">
            <h2 id="outcomes-title">
              {shown.length === table.rows.length ? '' : `${shown.length} of `}
              {table.rows.length} {table.rows.length === 1 ? 'outcome' : 'outcomes'}
            </h2>
            {table.rows.length > 4 && (
              <input
                type="search"
                placeholder={`Filter: ${table.columns[0] ?? 'T1:0:0'}=1, weak, …`}
                aria-label="Filter outcomes"
                value={filter.value}
                onInput={({ currentTarget }) => {
                  filter.value = currentTarget.value;
                }}
              />
            )}
          </div>
          <Grid
            columns={table.columns}
            models={answers.value.map(({ model }) => model)}
            rows={shown}
            order={order.value}
            onOrder={(next) => {
              order.value = next;
            }}
            onOpen={(row, model, cell) => {
              if (cell.kind === 'open') return;
              selection.value = { model, outcome: row.key, number: 0 };
              view.value = cell.kind === 'allowed' ? 'execution' : 'why';
            }}
          />
          <Effort answers={answers.value} />
        </>
      )}
    </div>
  );
}
