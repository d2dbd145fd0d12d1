import pc from 'picocolors';
import type { Source } from '../../base/span.ts';
import type { AllowedOutcome } from '../../explore/explain/explanation.ts';
import type { PoPair, Step, Surprise, Way } from '../../model/surprise/surprise.ts';
import type { Disagreement } from '../../model/surprise/disagreement.ts';
import type { Witness } from '../../explore/result.ts';
import { isReading, isWriting } from '../../event/action.ts';
import type { EventId } from '../../event/execution.ts';
import { bytesText } from '../draw/edges.ts';
import { count, paragraph } from '../prose.ts';
import { eventLines, readsText } from './event-lines.ts';
import type { ExplainReport } from './explain-text.ts';
import type { EventNames } from './names.ts';
import { nameEvents } from './names.ts';

type Colors = ReturnType<typeof pc.createColors>;
const WIDTH = 100;

/** Why an allowed outcome is, or is not, surprising. */
export function allowedLines({ source }: ExplainReport, found: AllowedOutcome, c: Colors): string[] {
  const { witness, surprise } = found;
  const names = nameEvents(witness, source, involvedIn(surprise));
  const { execution } = witness;
  return [
    `${c.green('Allowed')}, ${verdictText(surprise)}`,
    '',
    `${c.bold('A witness')} ${c.dim(`in ${source.name}`)}`,
    ...eventLines(names).map((line) => `  ${line}`),
    ...indented(`Reads: ${readsText(execution, names)}.`),
    ...(surprise.kind === 'none' ? [] : indented(`tot: ${orderText(witness.tot, names)}.`)),
    '',
    ...surpriseLines(surprise, witness, names, c),
    ...(found.all || surprise.kind === 'none'
      ? []
      : ['', `The least surprising of the first ${count(found.executions, 'execution')} with this outcome.`]),
  ];
}

/** The same without the list of events, for who shows that otherwise. */
export function allowedText(
  source: Source,
  { witness, surprise }: AllowedOutcome,
): { readonly names: EventNames; readonly lines: readonly string[] } {
  const names = nameEvents(witness, source, involvedIn(surprise));
  const lines = [
    `Allowed, ${verdictText(surprise)}.`,
    `Reads: ${readsText(witness.execution, names)}.`,
    ...(surprise.kind === 'none' ? [] : [`tot: ${orderText(witness.tot, names)}.`]),
    ...surpriseLines(surprise, witness, names, pc.createColors(false)),
  ];
  return { names, lines };
}

/** The events that a surprise speaks of. */
export function involvedIn(surprise: Surprise): ReadonlySet<EventId> {
  if (surprise.kind === 'none') return new Set();
  if (surprise.kind === 'no-order') return new Set(surprise.updates);
  return new Set([
    ...surprise.torn,
    ...surprise.ways.flatMap(({ reordered }) => reordered.flatMap(({ from, to }) => [from, to])),
  ]);
}

function verdictText(surprise: Surprise): string {
  switch (surprise.kind) {
    case 'none':
      return 'and not surprising: an interleaving of the threads gives it';
    case 'reordering':
      return 'though no interleaving gives it: a thread’s accesses take effect in another order';
    case 'tearing':
      return 'though no interleaving gives it: a read tears';
    case 'disagreement':
      return 'though no interleaving gives it: two threads disagree about the order of two writes';
    case 'no-order':
      return 'though no interleaving gives it, nor any other order of single steps';
  }
}

function surpriseLines(surprise: Surprise, witness: Witness, names: EventNames, c: Colors): string[] {
  switch (surprise.kind) {
    case 'none':
      return [c.bold('The interleaving'), ...indented(`${orderText(surprise.order, names)}.`)];
    case 'no-order':
      return [c.bold('Why it is surprising'), ...indented(noOrderText(surprise.updates, names))];
    default:
      return [
        c.bold('Why it is surprising'),
        ...surprise.torn.flatMap((id) => indented(tornText(id, witness, names))),
        ...(surprise.disagreement === null ? [] : indented(disagreementText(surprise.disagreement, witness, names))),
        ...wayLines(surprise, witness, names),
      ];
  }
}

function noOrderText(updates: readonly EventId[], names: EventNames): string {
  const why =
    updates.length === 0
      ? ''
      : `; ${updates.map((id) => names.of(id)).join(', ')} may not have read and written at one instant`;
  return `No order of single steps explains it, in whatever order the threads take theirs${why}.`;
}

function tornText(id: EventId, { execution }: Witness, names: EventNames): string {
  const event = execution.events[id];
  const parts = readsText(execution, { ...names, reads: [id] });
  return `${names.of(id)} (${event?.site.text ?? ''}) takes its units from several writes, at different times: ${parts}.`;
}

function disagreementText(
  { first, second, one, other }: Disagreement,
  { execution }: Witness,
  names: EventNames,
): string {
  const thread = (id: number): string => execution.threads.find((t) => t.id === id)?.name ?? `#${id}`;
  const [a, b] = [names.of(first), names.of(second)];
  const seen = ({ reads }: Disagreement['one']): string => reads.map((id) => names.of(id)).join(', then ');
  return `${thread(one.thread)} sees ${a} before ${b} (${seen(one)}); ${thread(other.thread)} sees ${b} before ${a} (${seen(other)}).`;
}

function wayLines(
  surprise: Extract<Surprise, { ways: readonly Way[] }>,
  witness: Witness,
  names: EventNames,
): string[] {
  const { ways } = surprise;
  const [first] = ways;
  if (first === undefined) return [];
  if (first.reordered.length === 0) return indented(`Step by step: ${stepsText(first.order, names)}.`);
  const lead = surprise.againstOrders
    ? 'Acquire, release, seqcst or a fence stands against it, but one order of all steps would explain it if'
    : 'One order of all steps explains it if';
  const rest = ways.length > 1 ? `in one of ${ways.length} places:` : 'here:';
  return [
    ...indented(`${lead} program order is given up ${rest}`),
    ...ways.flatMap((way) => [
      ...indented(way.reordered.map((edge) => pairText(edge, witness, names)).join('; '), 2),
      ...indented(stepsText(way.order, names), 3),
    ]),
  ];
}

/** `T1 takes its load b before its store a`. */
function pairText({ from, to }: PoPair, { execution }: Witness, names: EventNames): string {
  const thread = execution.threads.find(({ id }) => id === execution.events[from]?.thread)?.name ?? '';
  return `${thread} takes ${wordFor(to, execution)} ${names.of(to)} before ${wordFor(from, execution)} ${names.of(from)}`;
}

function wordFor(id: EventId, { events }: Witness['execution']): string {
  const event = events[id];
  if (event?.kind === 'grow') return 'the growth';
  if (event?.kind === 'fence' || event?.kind === 'wait' || event?.kind === 'notify') return `the ${event.kind}`;
  if (event?.actions.some(({ kind }) => kind === 'rmw') === true) return 'the update';
  const writes = event?.actions.some(isWriting) === true;
  const reads = event?.actions.filter(isReading) ?? [];
  return writes ? 'the store' : reads.length > 0 ? 'the load' : 'the access';
}

/** The events of an order that have names. */
function orderText(order: readonly EventId[], names: EventNames): string {
  const listed = new Set(names.rows.filter((row) => !row.name.startsWith('init')).map(({ id }) => id));
  return order
    .filter((id) => listed.has(id))
    .map((id) => names.of(id))
    .join(', ');
}

function stepsText(order: readonly Step[], names: EventNames): string {
  const listed = new Set(names.rows.filter((row) => !row.name.startsWith('init')).map(({ id }) => id));
  return order
    .filter(({ event }) => listed.has(event))
    .map(({ event, piece }) => names.of(event) + (piece === null ? '' : ` (${pieceText(piece)})`))
    .join(', ');
}

function pieceText({ from, to }: NonNullable<Step['piece']>): string {
  return bytesText(Array.from({ length: to - from }, (_, i) => from + i));
}

function indented(text: string, depth = 1): string[] {
  const indent = '  '.repeat(depth);
  return paragraph(text, WIDTH - indent.length).map((line) => indent + line);
}
