import pc from 'picocolors';
import type { Source } from '../../base/span.ts';
import type {
  Explanation,
  ForbiddenOutcome,
  Group,
  ImpossibleOutcome,
  OpenOutcome,
} from '../../explore/explain/explanation.ts';
import type { Axiom } from '../../model/model.ts';
import type { Reason } from '../../model/reasons/reasons.ts';
import { axiomsOf } from '../../model/reasons/reasons.ts';
import type { TextOptions } from '../diagnostics.ts';
import { count, listed, paragraph } from '../prose.ts';
import { allowedLines } from './allowed-text.ts';
import { eventLines, readsText } from './event-lines.ts';
import { nameEvents } from './names.ts';
import { kindsText } from './path-text.ts';
import { eventsIn, kindsIn, reasonLines } from './reason-text.ts';
import { witnessOf } from './witness.ts';

/** One explained outcome: what `weft explain` reports. */
export interface ExplainReport {
  readonly name: string;
  readonly source: Source;
  readonly explanation: Explanation;
  /** The model's axioms, for their statements. */
  readonly axioms: readonly Axiom[];
}

type Colors = ReturnType<typeof pc.createColors>;

const WIDTH = 100;
const INDENT = '  ';

/** What `weft explain` prints of one outcome. */
export function explainText(report: ExplainReport, options: TextOptions): string {
  const c = pc.createColors(options.color);
  const { explanation } = report;
  const head = [`${c.bold(`Test ${report.name}`)} (${explanation.model})`, `Outcome ${explanation.target.text}`];
  switch (explanation.kind) {
    case 'allowed':
      return [...head, ...allowedLines(report, explanation, c)].join('\n');
    case 'forbidden':
      return [...head, ...forbiddenLines(report, explanation, c)].join('\n');
    case 'impossible':
      return [...head, ...impossibleLines(explanation, c)].join('\n');
    case 'open':
      return [...head, ...openLines(explanation, c)].join('\n');
  }
}

function forbiddenLines(report: ExplainReport, found: ForbiddenOutcome, c: Colors): string[] {
  const [first, ...rest] = bySense(found.smallest);
  const lines = first === undefined ? [] : [`${c.red('Forbidden')} by ${c.bold(listed(first.axioms, 'and'))}`];
  for (const name of first?.axioms ?? []) {
    const axiom = report.axioms.find((a) => a.name === name);
    if (axiom !== undefined) lines.push(`${INDENT}${name}: ${axiom.statement}  ${c.dim(`[${axiom.source}]`)}`);
  }
  const { model } = report.explanation;
  for (const { axioms, executions, complete } of first === undefined ? [] : [first, ...rest]) {
    const often = `${complete ? '' : 'at least '}${count(executions, 'execution')}`;
    const says =
      executions > 0
        ? `the outcome appears (${often})`
        : c.red('the outcome does not appear: this explanation is wrong');
    lines.push(`${INDENT}${c.dim('checked')}  ${model} less ${listed(axioms, 'and')}: ${says}`);
  }
  const ways = found.groups.length;
  const isAlone = ways === 1 && found.others.count === 0;
  found.groups.forEach((group, i) => {
    const title = isAlone
      ? 'The only way to come by these values'
      : ways === 1
        ? 'What comes nearest'
        : `Way ${i + 1} of ${ways}`;
    lines.push('', ...groupLines(report, group, title, c));
  });
  lines.push(...othersLines(report, found, c));
  if (found.bound !== null)
    lines.push('', c.yellow(`Incomplete: ${found.bound}; there may be more ways, and simpler ones`));
  return lines;
}

/** The sets without hb ⊆ tot first: that axiom holds all others together, so that its absence explains little. */
function bySense(sets: ForbiddenOutcome['smallest']): ForbiddenOutcome['smallest'] {
  const links = (axioms: readonly string[]): number => (axioms.includes('hb-irreflexive') ? 1 : 0);
  return sets.toSorted((a, b) => links(a.axioms) - links(b.axioms));
}

function groupLines({ source }: ExplainReport, group: Group, title: string, c: Colors): string[] {
  const { reason, forbidden, candidate } = group;
  const { steps } = forbidden;
  const names = nameEvents(witnessOf(group), source, eventsIn(reason, steps));
  const own = axiomsOf(reason);
  const apart = forbidden.reasons.map(axiomsOf).filter((axioms) => !axioms.some((axiom) => own.includes(axiom)));
  const also = [...new Set(apart.flat())];
  const often = group.executions === 1 ? '' : ` (${count(group.executions, 'candidate execution')})`;
  const kinds = kindsText(kindsIn(reason, steps));
  return [
    `${c.bold(title)}${often} ${c.dim(`in ${source.name}`)}`,
    ...eventLines(names).map((line) => INDENT + line),
    ...block(`Reads: ${readsText(candidate.execution, names, group.elsewhere)}.`, 1),
    '',
    `${INDENT}${c.bold(listed(own, 'and'))} ${own.length === 1 ? 'forbids' : 'forbid'} it${ordersText(reason)}:`,
    ...reasonLines(reason, names, steps).flatMap(({ depth, text }) => block(text, depth + 2)),
    ...(also.length === 0 ? [] : block(`It breaks ${listed(also, 'and')} as well.`, 1)),
    ...(kinds === '' ? [] : block(kinds, 1).map((line) => c.dim(line))),
  ];
}

function othersLines(report: ExplainReport, { others }: ForbiddenOutcome, c: Colors): string[] {
  if (others.count === 0) return [];
  if (others.groups.length > 0) {
    return others.groups.flatMap((group, i) => [
      '',
      ...groupLines(report, group, `Also forbidden: way ${i + 1} of ${others.groups.length}`, c),
    ]);
  }
  const which = [...others.byAxiom].map(([axiom, n]) => `${axiom} (${n})`);
  return [
    '',
    ...paragraph(
      `${count(others.count, 'more candidate execution')} with this outcome ${others.count === 1 ? 'breaks' : 'break'} more than that, first of all ${listed(which, 'and')}; --all tells each.`,
      WIDTH,
    ),
  ];
}

function impossibleLines({ never }: ImpossibleOutcome, c: Colors): string[] {
  const head = `${c.red('Impossible')}: no execution of the program has this outcome, whatever the memory model`;
  if (never.length === 0)
    return [head, `${INDENT}Each of these values can be observed, but never all of them in one execution.`];
  return [
    head,
    ...never.map(({ text, instead }) =>
      instead.length === 0
        ? `${INDENT}${text}: nothing is ever observed there`
        : `${INDENT}${text}: what can be observed is ${listed(instead, 'or')}`,
    ),
  ];
}

function openLines({ bound, forbidden }: OpenOutcome, c: Colors): string[] {
  if (!forbidden) return [`${c.yellow('Open')}: ${bound}; no execution with this outcome up to there`];
  return [
    `${c.red('Forbidden')}, but by what is ${c.yellow('open')}: ${bound}; no candidate execution with this outcome up to there`,
  ];
}

/** Of a conflict: which orders there would have to be. */
function ordersText(reason: Reason): string {
  if (reason.kind !== 'conflict') return '';
  const places = reason.asked.some(({ either }) => either.some(({ order }) => order === 'mo'));
  return places
    ? '. No total order (tot) of all events with modification orders (mo) of the writes will do'
    : '. No total order (tot) of all events will do';
}

/** A paragraph, further lines under the first. */
function block(text: string, depth: number): string[] {
  const indent = INDENT.repeat(depth);
  return paragraph(text, WIDTH - indent.length).map((line, i) => indent + (i === 0 ? '' : INDENT) + line);
}
