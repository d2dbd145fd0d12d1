import pc from 'picocolors';
import type { EventId } from '../event/execution.ts';
import type { Finding } from '../explore/finding/finding.ts';
import type { ToldStep } from '../explore/finding/schedule.ts';
import type { TextOptions } from './diagnostics.ts';
import { count, paragraph } from './prose.ts';
import type { TestReport } from './test-report.ts';

export interface FindingTextOptions extends TextOptions {
  /** The schedule of every finding, not of the gravest one alone, if it is short. */
  readonly verbose?: boolean;
}

/** More findings than this are summarised. */
const FEW = 12;
/** Steps of a schedule that is shown unasked. */
const SHORT = 20;
/** Characters of a line of a finding, its number apart. */
const WIDTH = 110;

/** All but races, which have lines of their own; they come last, so that their numbers follow. */
export function findingLines({ result: { findings } }: TestReport, options: FindingTextOptions): string[] {
  const c = pc.createColors(options.color);
  const told = findings.filter(({ kind }) => kind !== 'race');
  const races = findings.length - told.length;
  if (told.length === 0 && options.verbose !== true) return [];
  const shown = options.verbose === true ? findings : told.length <= FEW ? told : told.slice(0, FEW - 1);
  const lines = shown.flatMap((finding, i) => {
    const [first = '', ...rest] = paragraph(`${finding.kind}: ${finding.text}`, WIDTH);
    const number = String(i + 1).padStart(3);
    const tells = options.verbose === true || (i === 0 && stepsIn(finding) <= SHORT);
    return [
      `${number} ${c.red(first)}`,
      ...rest.map((line) => `    ${line}`),
      ...(tells ? scheduleLines(finding).map((line) => `      ${line}`) : []),
    ];
  });
  if (findings.length === 0) return [];
  if (shown.length < told.length) lines.push(`  … and ${told.length - shown.length} more (all are in --json)`);
  if (races > 0 && options.verbose !== true)
    lines.push(
      `  the races above are ${races === 1 ? `finding ${told.length + 1}` : `findings ${told.length + 1} to ${findings.length}`}`,
    );
  return [c.red(`Findings ${findings.length}`), ...lines];
}

function stepsIn({ schedule }: Finding): number {
  return schedule.reduce((sum, { steps }) => sum + steps.length, 0);
}

/** Thread by thread, in turns; the events that the finding is about have their numbers, as in pictures. */
function scheduleLines({ schedule, events, repeatsFrom }: Finding): string[] {
  const width = Math.max(0, ...schedule.map(({ thread }) => thread.length));
  const marks = new Map(events.map((id, i): [EventId, string] => [id, ` (${i + 1})`]));
  const told = ({ does, event }: ToldStep): string => `${does}${event === null ? '' : (marks.get(event) ?? '')}`;
  return schedule.flatMap(({ thread, steps }, i) => [
    ...(i === repeatsFrom ? [`and then, again and again, ${count(schedule.length - i, 'turn')}:`] : []),
    ...steps.map((step, k) => `${(k === 0 ? thread : '').padEnd(width)}  ${told(step)}`),
  ]);
}
