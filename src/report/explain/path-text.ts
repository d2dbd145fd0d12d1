import { edgeKey } from '../../model/reasons/conflict.ts';
import type { LinkKind, Path } from '../../model/reasons/links.ts';
import type { EventNames } from './names.ts';
import type { ReasonEdge } from './reason-text.ts';

/** The names of edges in arguments and what they mean. */
const KINDS: Readonly<Record<LinkKind, { readonly name: string; readonly meaning: string }>> = {
  po: { name: 'po', meaning: 'program order' },
  sw: { name: 'sw', meaning: 'reads from and synchronises' },
  asw: { name: 'asw', meaning: 'fork, join, wake-up or order of a queue' },
  iw: { name: 'init', meaning: 'allocation before every access' },
  rf: { name: 'rf', meaning: 'reads from' },
  fr: { name: 'fr', meaning: 'read before it is overwritten' },
  co: { name: 'co', meaning: 'overwritten by' },
  hb: { name: 'hb', meaning: 'happens before' },
  related: { name: '…', meaning: 'related by the axiom' },
  forced: { name: 'tot', meaning: 'forced by an earlier line' },
  supposed: { name: 'case', meaning: 'supposed' },
};

/** Gives the lines of an argument the numbers by which later lines refer to them. */
export type LineNumbers = ReadonlyMap<string, number>;

/** `a ─po→ b ─sw→ c`; edges that a line forced bear its number. */
export function pathText(path: Path, names: EventNames, numbers: LineNumbers = new Map()): string {
  const [first] = path;
  if (first === undefined) return '';
  const steps = path.map((link) => {
    const number = link.kind === 'forced' ? numbers.get(edgeKey(link)) : undefined;
    return ` ─${number === undefined ? KINDS[link.kind].name : `(${number})`}→ ${names.of(link.to)}`;
  });
  return names.of(first.from) + steps.join('');
}

/** One edge of an argument in words: `a ─po→ b: program order`. */
export function edgeText(edge: ReasonEdge, names: EventNames): string {
  const [a, b] = [names.of(edge.from), names.of(edge.to)];
  if (edge.kind === 'asked') return `${edge.order} must have ${a} before ${b}`;
  const { name, meaning } = KINDS[edge.kind];
  return `${a} ─${name}→ ${b}: ${meaning}`;
}

/** What the kinds of edges mean: `po program order`. */
export function kindsText(kinds: ReadonlySet<LinkKind>): string {
  return (Object.keys(KINDS) as LinkKind[])
    .filter((kind) => kinds.has(kind))
    .map((kind) => (kind === 'forced' ? '(n) by line n' : `${KINDS[kind].name} ${KINDS[kind].meaning}`))
    .join(' · ');
}
