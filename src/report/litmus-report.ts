import Table from 'cli-table3';
import pc from 'picocolors';
import type { ExpectedVerdict } from '../syntax/script.ts';
import type { TextOptions } from './diagnostics.ts';
import { count } from './prose.ts';

/** What one model says of one litmus test; `unknown` where a bound left it open. */
export interface VerdictReport {
  readonly verdict: ExpectedVerdict | 'unknown';
  /** What the test's author wrote, if anything. */
  readonly expected: ExpectedVerdict | null;
  readonly agrees: boolean | null;
}

export interface LitmusReport {
  readonly name: string;
  readonly file: string;
  readonly verdicts: ReadonlyMap<string, VerdictReport>;
}

export interface LitmusJson {
  readonly tests: readonly {
    readonly name: string;
    readonly file: string;
    readonly verdicts: Readonly<Record<string, VerdictReport>>;
  }[];
  readonly disagreements: number;
}

/** The JSON document of `weft litmus` [DESIGN, The command line]. */
export function litmusJson(tests: readonly LitmusReport[]): LitmusJson {
  return {
    tests: tests.map(({ name, file, verdicts }) => ({ name, file, verdicts: Object.fromEntries(verdicts) })),
    disagreements: disagreements(tests),
  };
}

export function disagreements(tests: readonly LitmusReport[]): number {
  return tests.flatMap(({ verdicts }) => [...verdicts.values()]).filter(({ agrees }) => agrees === false).length;
}

/** A table with a row a test and a column a model; `✗` marks a verdict that the author did not expect, `·` one that has no expectation. */
export function litmusText(tests: readonly LitmusReport[], models: readonly string[], options: TextOptions): string {
  const c = pc.createColors(options.color);
  const table = new Table({ head: ['test', ...models], style: { head: [], border: [], compact: true } });
  for (const { name, verdicts } of tests) {
    table.push([name, ...models.map((model) => cell(verdicts.get(model), c))]);
  }
  const wrong = disagreements(tests);
  const unknown = tests
    .flatMap(({ verdicts }) => [...verdicts.values()])
    .filter(({ verdict }) => verdict === 'unknown').length;
  const summary = `${count(tests.length, 'test')}, ${count(wrong, 'disagreement')}${unknown > 0 ? `, ${unknown} unknown (a bound was reached)` : ''}`;
  return `${table.toString()}\n${wrong > 0 ? c.red(summary) : c.green(summary)}`;
}

function cell(report: VerdictReport | undefined, c: ReturnType<typeof pc.createColors>): string {
  if (report === undefined) return '';
  const { verdict, expected, agrees } = report;
  if (agrees === null) return `${verdict} ${c.dim('·')}`;
  return agrees ? `${verdict} ${c.green('✓')}` : `${verdict} ${c.red('✗')} expected ${expected ?? ''}`;
}
