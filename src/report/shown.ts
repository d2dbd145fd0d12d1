import { known } from '../base/assert.ts';
import type { EventId } from '../event/execution.ts';
import type { Finding } from '../explore/finding/finding.ts';
import type { LassoFile, ProgramMark, ReplayFile } from '../explore/replay/file.ts';
import { lassoFileOf } from '../explore/replay/lasso.ts';
import { replayFileOf } from '../explore/replay/write.ts';
import type { Outcome, Witness } from '../explore/result.ts';
import type { Readings } from '../syntax/readings.ts';
import type { DrawOptions } from './draw/options.ts';
import type { TestReport } from './test-report.ts';

/** The execution that is drawn or saved: a finding's or an outcome's. */
export interface Shown {
  readonly witness: Witness;
  /** Null where the execution was not seen to its end. */
  readonly outcome: Outcome | null;
  readonly finding: { readonly number: number; readonly it: Finding } | null;
  /** Of a schedule without end, the events of the round that comes again and again; the picture marks them ↻. */
  readonly repeated?: ReadonlySet<EventId>;
}

const REPEATS = '↻';

/** How a picture of it is made: the events that a finding is about are numbered in the order of its places. */
export function drawOptionsOf(
  { outcome, finding, repeated }: Shown,
  { name, result, source }: TestReport,
): DrawOptions {
  const options: DrawOptions = {
    title: name,
    model: result.model,
    source,
    ...(outcome === null ? {} : { outcome: outcome.values }),
  };
  if (finding === null) return options;
  const { number, it } = finding;
  const marks = new Map(it.events.map((id, i): [EventId, string] => [id, `(${i + 1})`]));
  return {
    ...options,
    facts: [
      `model ${result.model}`,
      `finding ${number}: ${it.kind}`,
      ...(repeated === undefined ? [] : [`${REPEATS} again and again`]),
    ],
    nameOf: (id) => marks.get(id) ?? (repeated?.has(id) === true ? REPEATS : null),
  };
}

/** The text of its replay file. */
export function replayText(
  { witness, outcome, finding }: Shown,
  { source }: TestReport,
  { model, readings, program }: { readonly model: string; readonly readings: Readings; readonly program: ProgramMark },
): string {
  return textOf(replayFileOf(witness, { program, source, model, readings, finding: finding?.it ?? null, outcome }));
}

/** The text of the replay file of a schedule without end. */
export function lassoText(
  { lasso, kind, text }: Finding,
  { source }: TestReport,
  { model, readings, program }: { readonly model: string; readonly readings: Readings; readonly program: ProgramMark },
): string {
  const header = { program, model, readings: { ...readings }, finding: { kind, text } };
  return textOf(lassoFileOf(known(lasso, 'schedule without end'), header, source));
}

/** One line for each thread, event and step. */
function textOf(file: ReplayFile | LassoFile): string {
  const lists = ['threads', 'events', 'prefix', 'cycle'] as const;
  const parts = Object.entries(file).map(([key, value]) => {
    const isList = (lists as readonly string[]).includes(key);
    const shown = isList
      ? `[\n${(value as unknown[]).map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${shown}`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}
