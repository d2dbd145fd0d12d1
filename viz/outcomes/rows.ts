import type { ModelAnswer, OutcomeRow } from './calls.ts';

/** What a model says of an outcome. */
export type Cell =
  | { readonly kind: 'allowed'; readonly row: OutcomeRow }
  | { readonly kind: 'forbidden' }
  /** The search came to a bound before it saw the outcome. */
  | { readonly kind: 'open' };

/** An outcome beside what every model says of it. */
export interface Row {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
  /** In the order of the models. */
  readonly cells: readonly Cell[];
}

export interface Table {
  /** Observations, in the order in which they were first seen. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** All outcomes of all models. */
export function tableOf(answers: readonly ModelAnswer[]): Table {
  const columns = new Set<string>();
  const values = new Map<string, Readonly<Record<string, string>>>();
  const byModel = answers.map(({ outcomes }) => new Map(outcomes.map((row) => [row.key, row])));
  for (const { outcomes } of answers) {
    for (const outcome of outcomes) {
      for (const column of Object.keys(outcome.values)) columns.add(column);
      values.set(outcome.key, outcome.values);
    }
  }
  const rows = [...values].map(([key, of]) => ({
    key,
    values: of,
    cells: answers.map((answer, i): Cell => {
      const row = byModel[i]?.get(key);
      if (row !== undefined) return { kind: 'allowed', row };
      return { kind: answer.complete ? 'forbidden' : 'open' };
    }),
  }));
  return { columns: [...columns], rows };
}

/** By which column rows are sorted: an observation, a model (by executions), or none (the order of the search). */
export interface Order {
  readonly column: string;
  readonly of: 'observation' | 'model';
  readonly descending: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });

export function sorted(rows: readonly Row[], order: Order | null, models: readonly string[]): readonly Row[] {
  if (order === null) return rows;
  const { column, of, descending } = order;
  const model = models.indexOf(column);
  const compare =
    of === 'observation'
      ? (a: Row, b: Row) => compareValues(a.values[column] ?? '', b.values[column] ?? '')
      : (a: Row, b: Row) => weight(a.cells[model]) - weight(b.cells[model]);
  return rows.toSorted((a, b) => (descending ? -compare(a, b) : compare(a, b)));
}

/** Whole numbers by size, all else by its words. */
function compareValues(a: string, b: string): number {
  const [x, y] = [shortValue(a), shortValue(b)];
  if (!WHOLE.test(x) || !WHOLE.test(y)) return collator.compare(x, y);
  const difference = BigInt(x) - BigInt(y);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const WHOLE = /^-?\d+$/;

function weight(cell: Cell | undefined): number {
  return cell?.kind === 'allowed' ? cell.row.executions : cell?.kind === 'open' ? 0.5 : 0;
}

/** Rows in which every word of the filter occurs: `T1:0:0=0`, a value, `weak`, `deadlock`. */
export function filtered(rows: readonly Row[], filter: string): readonly Row[] {
  const words = filter
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = wordsOf(row);
    return words.every((word) => text.includes(word));
  });
}

function wordsOf({ values, cells }: Row): string {
  const pairs = Object.entries(values).flatMap(([name, value]) => [`${name}=${value}`, `${name}=${shortValue(value)}`]);
  const allowed = cells.filter((cell) => cell.kind === 'allowed');
  const remarks = [
    ...(allowed.some(({ row }) => row.weak) ? ['weak'] : []),
    ...(allowed.some(({ row }) => row.deadlock) ? ['deadlock'] : []),
  ];
  return [...pairs, ...remarks].join('\n').toLowerCase();
}

/** `i32 1` as `1`: in a table a number’s type is seen from its column. */
export function shortValue(value: string): string {
  return value.replace(/^(i32|i64|f32|f64) /, '');
}
