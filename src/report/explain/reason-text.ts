import type { Argument, Asked, Edge, Impossible, Line } from '../../model/reasons/conflict.ts';
import { edgeKey } from '../../model/reasons/conflict.ts';
import { hbPath } from '../../model/reasons/links.ts';
import type { Link, LinkKind, Path, Steps } from '../../model/reasons/links.ts';
import type { Reason } from '../../model/reasons/reasons.ts';
import type { EventId } from '../../event/execution.ts';
import type { EventNames } from './names.ts';
import { pathText } from './path-text.ts';
import { demandText, premisePath } from './demand-text.ts';

/** A reason in words: paragraphs, those of a case further in. */
export interface ReasonLine {
  readonly depth: number;
  readonly text: string;
  /** The edges on which it rests, those that are asked for last. */
  readonly edges: readonly ReasonEdge[];
}

/** An edge that an argument goes along, or one that an axiom asks for. */
export type ReasonEdge = Link | (Edge & { readonly kind: 'asked' });

/** Why an execution is forbidden, in words. */
export function reasonLines(reason: Reason, names: EventNames, steps: Steps): ReasonLine[] {
  switch (reason.kind) {
    case 'cycle': {
      const what = reason.axiom === 'hb-irreflexive' ? 'happens-before would have a cycle' : 'there is a cycle';
      return [{ depth: 0, text: `${what}: ${pathText(reason.path, names)}`, edges: reason.path }];
    }
    case 'pattern':
      return patternTexts(reason, names).map((text, i, all) => ({
        depth: 0,
        text,
        edges: patternEdges(reason, i, all.length),
      }));
    case 'conflict':
      return argumentLines(reason.argument, names, steps, new Map(), 0);
  }
}

function patternTexts(reason: Extract<Reason, { kind: 'pattern' }>, names: EventNames): string[] {
  const [first, second, third] = reason.events.map((id) => names.of(id));
  const [one, two] = reason.paths.map((path) => pathText(path, names));
  switch (reason.axiom) {
    case 'hb-consistent-1':
      if (one === undefined) return [`${second} would read from itself`];
      return [`${second} reads from ${first}, but happens before it: ${one}`];
    case 'hb-consistent-3':
      return [
        `${third} reads from ${first}, but ${second} overwrites that, and happens between the two:`,
        `${first} before ${second}: ${one}`,
        `${second} before ${third}: ${two}`,
      ];
    case 'no-tear':
      return [
        `${third} does not tear, but would take some units from ${first} and others from ${second}, both of them tear-free writes of the very range that it reads`,
      ];
    case 'value':
      return [`${second} reads another value than ${first} wrote`];
    default:
      return [
        `${reason.axiom} forbids ${reason.events.map((id) => names.of(id)).join(', ')}`,
        ...reason.paths.map((path) => pathText(path, names)),
      ];
  }
}

/** One line has all edges; of several, the first says what they are about. */
function patternEdges({ paths }: Extract<Reason, { kind: 'pattern' }>, line: number, lines: number): Path {
  return lines === 1 ? paths.flat() : (paths[line - 1] ?? []);
}

function argumentLines(
  { lines, end }: Argument,
  names: EventNames,
  steps: Steps,
  outer: ReadonlyMap<string, number>,
  depth: number,
): ReasonLine[] {
  const numbers = new Map(outer);
  const said: ReasonLine[] = [];
  for (const line of lines) {
    const text = lineText(line, names, steps, numbers);
    numbers.set(edgeKey(line.forces), numbers.size + 1);
    const edges = [...linesEdges(line, steps), { ...line.forces, kind: 'asked' } as const];
    said.push({ depth, text: `(${numbers.size}) ${text}`, edges });
  }
  if (end.kind === 'contradiction') {
    const { asked: last, impossible } = end;
    const but = impossible.map((one) => impossibleText(one, names, numbers)).join(', and ');
    const asked = `(${numbers.size + 1}) ${askedText(last, last.either, names, steps)}`;
    const wanted = last.either.map((edge) => ({ ...edge, kind: 'asked' }) as const);
    return [
      ...said,
      { depth, text: asked, edges: [...premiseLinks(last, steps), ...wanted] },
      { depth, text: `But ${but}.`, edges: impossible.flatMap(({ because }) => because) },
    ];
  }
  const { order, from, to } = end.edge;
  const [a, b] = [names.of(from), names.of(to)];
  return [
    ...said,
    {
      depth,
      text: `Either ${order} has ${a} before ${b}, or ${b} before ${a}. Suppose ${a} before ${b}:`,
      edges: [{ kind: 'asked', order, from, to }],
    },
    ...argumentLines(end.first, names, steps, numbers, depth + 1),
    { depth, text: `Suppose ${b} before ${a}:`, edges: [{ kind: 'asked', order, from: to, to: from }] },
    ...argumentLines(end.second, names, steps, numbers, depth + 1),
  ];
}

/** What a line concludes, and why no other edge can be what its constraint asks for. */
function lineText(line: Line, names: EventNames, steps: Steps, numbers: ReadonlyMap<string, number>): string {
  const asked = askedText(line.asked, [line.forces], names, steps);
  return [asked, ...line.impossible.map((one) => impossibleText(one, names, numbers))].join('; ');
}

function askedText(asked: Asked, edges: readonly Edge[], names: EventNames, steps: Steps): string {
  const wanted = edges.map(({ order, from, to }) => `${order} has ${names.of(from)} before ${names.of(to)}`);
  const conclusion = wanted.length === 0 ? 'nothing will do' : wanted.join(' or ');
  return `${conclusion}: ${demandText(asked, names, premises(asked, steps))} [${asked.axiom}]`;
}

function impossibleText(
  { edge, because }: Impossible,
  names: EventNames,
  numbers: ReadonlyMap<string, number>,
): string {
  const [a, b] = [names.of(edge.from), names.of(edge.to)];
  if (because.length === 0) return `nothing comes before itself`;
  return `${pathText(because, names, numbers)} puts ${b} before ${a}`;
}

/** The ways by hb between the events of a constraint, in both directions. */
function premises({ events }: Asked, steps: Steps): (from: EventId, to: EventId) => Path {
  return (from, to) => (events.includes(from) && events.includes(to) ? hbPath(steps, from, to) : []);
}

/** The kinds of edges that a reason mentions. */
export function kindsIn(reason: Reason, steps: Steps): ReadonlySet<LinkKind> {
  return new Set(linksOf(reason, steps).map(({ kind }) => kind));
}

/** The events that a reason mentions. */
export function eventsIn(reason: Reason, steps: Steps): ReadonlySet<EventId> {
  const own = reason.kind === 'pattern' ? reason.events : [];
  const asked = reason.kind === 'conflict' ? reason.asked.flatMap(({ events }) => events) : [];
  return new Set([...own, ...asked, ...linksOf(reason, steps).flatMap(({ from, to }) => [from, to])]);
}

export function linksOf(reason: Reason, steps: Steps): Path {
  switch (reason.kind) {
    case 'cycle':
      return reason.path;
    case 'pattern':
      return reason.paths.flat();
    case 'conflict':
      return argumentLinks(reason.argument, steps);
  }
}

function argumentLinks({ lines, end }: Argument, steps: Steps): Path {
  const own = lines.flatMap((line) => linesEdges(line, steps));
  if (end.kind === 'cases') return [...own, ...argumentLinks(end.first, steps), ...argumentLinks(end.second, steps)];
  return [...own, ...premiseLinks(end.asked, steps), ...end.impossible.flatMap(({ because }) => because)];
}

function linesEdges({ asked, impossible }: Line, steps: Steps): Path {
  return [...premiseLinks(asked, steps), ...impossible.flatMap(({ because }) => because)];
}

function premiseLinks(asked: Asked, steps: Steps): Path {
  return premisePath(asked, (from, to) => hbPath(steps, from, to));
}
