import pc from 'picocolors';
import type { Judgement, OutcomesDifference } from '../litmus/judge.ts';
import type { TextOptions } from './diagnostics.ts';
import { count } from './prose.ts';

/** What one model says of one litmus test; of a program without a condition, how many outcomes it has. */
export interface VerdictReport extends Omit<Judgement, 'verdict' | 'expected'> {
  /** `allowed`, `forbidden`, `required`, `4 outcomes`, `unknown` where a bound left it open, `inexpressible` where the model does not speak of it. */
  readonly verdict: string;
  readonly expected: string | null;
  /** Why the model does not speak of it. */
  readonly refusal?: string | null;
}

export interface LitmusReport {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** By model, in the order of the columns. */
  readonly verdicts: ReadonlyMap<string, VerdictReport>;
}

export interface VerdictJson {
  readonly verdict: string;
  readonly expected: string | null;
  readonly agrees: boolean | null;
  /** Where the author states the whole set of outcomes. */
  readonly outcomes?: OutcomesDifference;
}

export interface LitmusJson {
  readonly tests: readonly {
    readonly name: string;
    readonly file: string;
    readonly verdicts: Readonly<Record<string, VerdictJson>>;
  }[];
  readonly disagreements: number;
}

/** The JSON document of `weft litmus` [DESIGN, The command line]. */
export function litmusJson(tests: readonly LitmusReport[]): LitmusJson {
  return {
    tests: tests.map(({ name, file, verdicts }) => ({
      name,
      file,
      verdicts: Object.fromEntries([...verdicts].map(([model, verdict]) => [model, verdictJson(verdict)])),
    })),
    disagreements: disagreements(tests),
  };
}

function verdictJson({ verdict, expected, agrees, outcomes }: VerdictReport): VerdictJson {
  return { verdict, expected, agrees, ...(outcomes === null ? {} : { outcomes }) };
}

export function disagreements(tests: readonly LitmusReport[]): number {
  return verdictsOf(tests).filter(({ agrees }) => agrees === false).length;
}

/** Whether a bound left some verdict open, or whether it is the author's. */
export function hasUnknown(tests: readonly LitmusReport[]): boolean {
  return verdictsOf(tests).some(
    ({ verdict, outcomes }) => verdict === 'unknown' || (outcomes !== null && outcomes.agrees === null),
  );
}

function verdictsOf(tests: readonly LitmusReport[]): VerdictReport[] {
  return tests.flatMap(({ verdicts }) => [...verdicts.values()]);
}

type Colors = ReturnType<typeof pc.createColors>;

/**
 * A row a test and a column a model, a heading for each folder: `✓` marks a verdict that the author expects too, `✗` one that he does not, `·` one of
 * which he says nothing. Then the disagreements with what their authors say, or with `verbose` all verdicts.
 */
export function litmusText(
  tests: readonly LitmusReport[],
  models: readonly string[],
  options: TextOptions & { readonly verbose: boolean },
): string {
  const c = pc.createColors(options.color);
  const details = tests.flatMap((test) => detailLines(test, options.verbose, c));
  return [
    ...tableLines(tests, models, c),
    ...(details.length === 0 ? [] : ['', ...details]),
    '',
    summary(tests, c),
  ].join('\n');
}

function tableLines(tests: readonly LitmusReport[], models: readonly string[], c: Colors): string[] {
  const names = Math.max(4, ...tests.map(({ name }) => name.length + 2));
  const widths = models.map((model) => Math.max(model.length, ...tests.map((test) => cell(test, model).text.length)));
  const row = (first: string, cells: readonly { readonly text: string; readonly mark: string }[]): string =>
    [first.padEnd(names), ...cells.map(({ text, mark }, i) => paintMark(text.padEnd(widths[i] ?? 0), mark, c))]
      .join('  ')
      .trimEnd();
  const lines = [
    row(
      '',
      models.map((text) => ({ text, mark: '' })),
    ),
  ];
  let folder: string | null = null;
  for (const test of tests) {
    const here = test.file.split('/').slice(0, -1).join('/');
    if (here !== folder) lines.push(c.bold(here.split('/').at(-1) ?? here));
    folder = here;
    lines.push(
      row(
        `  ${test.name}`,
        models.map((model) => cell(test, model)),
      ),
    );
  }
  return lines;
}

function cell({ verdicts }: LitmusReport, model: string): { readonly text: string; readonly mark: string } {
  const report = verdicts.get(model);
  if (report === undefined) return { text: '', mark: '' };
  const { verdict, expected, agrees, outcomes } = report;
  if (agrees === null) return { text: `${verdict} ·`, mark: '·' };
  if (agrees) return { text: `${verdict} ✓`, mark: '✓' };
  const other = outcomes?.agrees === false ? 'other outcomes' : '';
  const wrong = expected !== null && expected !== verdict ? `expected ${expected}` : other;
  return { text: `${verdict} ✗ ${wrong === '' ? `expected ${expected ?? ''}` : wrong}`, mark: '✗' };
}

function paintMark(text: string, mark: string, c: Colors): string {
  switch (mark) {
    case '✓':
      return text.replace(mark, c.green(mark));
    case '✗':
      return text.replace(mark, c.red(mark));
    case '·':
      return text.replace(mark, c.dim(mark));
    default:
      return text;
  }
}

function detailLines({ name, file, line, verdicts }: LitmusReport, verbose: boolean, c: Colors): string[] {
  const shown = [...verdicts].filter(([, { agrees }]) => verbose || agrees === false);
  if (shown.length === 0) return [];
  return [`${c.bold(name)} (${file}:${line})`, ...shown.flatMap(([model, report]) => verdictLines(model, report, c))];
}

function verdictLines(model: string, report: VerdictReport, c: Colors): string[] {
  const { verdict, expected, agrees, source, reason, outcomes, refusal } = report;
  const said = expected === null ? '' : agrees === false ? `, expected ${expected}` : ', as expected';
  const because = [source, reason].filter((text) => text !== null).join(': ');
  const lines = [
    `  ${model}: ${agrees === false ? c.red(verdict) : verdict}${said}${because === '' ? '' : ` (${because})`}`,
  ];
  if (typeof refusal === 'string') lines.push(`    ${model} does not speak of it: ${refusal}`);
  for (const outcome of outcomes?.missing ?? []) lines.push(`    missing     ${outcome}`);
  for (const outcome of outcomes?.unexpected ?? []) lines.push(`    unexpected  ${outcome}`);
  return lines;
}

function summary(tests: readonly LitmusReport[], c: Colors): string {
  const wrong = disagreements(tests);
  const verdicts = verdictsOf(tests);
  const unknown = verdicts.filter(({ verdict }) => verdict === 'unknown').length;
  const inexpressible = verdicts.filter(({ verdict }) => verdict === 'inexpressible').length;
  const parts = [count(tests.length, 'test'), count(wrong, 'disagreement')];
  if (unknown > 0) parts.push(`${unknown} unknown (a bound was reached)`);
  if (inexpressible > 0) parts.push(`${inexpressible} inexpressible (--verbose tells why)`);
  return wrong > 0 ? c.red(parts.join(', ')) : c.green(parts.join(', '));
}
