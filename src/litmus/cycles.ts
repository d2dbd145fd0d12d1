import { known } from '../base/assert.ts';

/**
 * Critical cycles in the manner of diy [Alglave, Maranget, Sarkar, Sewell, TACAS 2010], for Wasm: threads of accesses to places of one
 * word each, linked by reads-from, from-reads and coherence edges between threads; a test asks whether the whole cycle can happen.
 */

/** What leads from a thread's last access to the next thread's first, both of one place. */
export type Link = 'rf' | 'fr' | 'co';

/** The orders that an access may have; `un` is an ordinary load or store. */
export type AccessOrder = 'un' | 'acqrel' | 'sc';
export const ORDERS: readonly AccessOrder[] = ['un', 'acqrel', 'sc'];

/** An access of a cycle. Places are numbered from 0; a write's `value` is what it stores, a read's what it must return. */
export interface CycleAccess {
  readonly kind: 'read' | 'write';
  readonly place: number;
  readonly order: AccessOrder;
  readonly value: number;
}

export interface Cycle {
  /** As in the field: `MP`, `Z6.3`, with the orders of each thread's accesses: `MP+sc-sc+un-un`. */
  readonly name: string;
  readonly threads: readonly (readonly CycleAccess[])[];
  /** Places with two writes, whose last value the condition asks for: place → value. */
  readonly finals: ReadonlyMap<number, number>;
}

/** The field's names, by the links from the thread that diy names first [diy's manual; Alglave, Maranget, Tautschnig, TOPLAS 2014]. */
const NAMES: Readonly<Record<string, string>> = {
  'rf rf': 'LB',
  'fr fr': 'SB',
  'co co': '2+2W',
  'rf fr': 'MP',
  'co fr': 'R',
  'rf co': 'S',
  'rf rf rf': '3.LB',
  'fr fr fr': '3.SB',
  'co co co': '3.2W',
  'rf rf fr': 'ISA2',
  'rf fr fr': 'W+RWC',
  'rf co fr': 'Z6.0',
  'co rf co': 'Z6.1',
  'rf rf co': 'Z6.2',
  'co rf fr': 'Z6.3',
  'co fr fr': 'Z6.4',
  'co co fr': 'Z6.5',
};

const STARTS: Readonly<Record<Link, 'read' | 'write'>> = { rf: 'write', fr: 'read', co: 'write' };
const ENDS: Readonly<Record<Link, 'read' | 'write'>> = { rf: 'read', fr: 'write', co: 'write' };

/**
 * All cycles of so many threads with two accesses each, every access of any of the orders; those that differ only in where one
 * begins to read the cycle are one.
 */
export function cycles(threads: number, orders: readonly AccessOrder[]): Cycle[] {
  const found: Cycle[] = [];
  for (const links of words<Link>(['rf', 'fr', 'co'], threads)) {
    const turns = links.map((_, turn) => rotated(links, turn).join(' '));
    const first = turns.find((turn) => turn in NAMES) ?? known(turns.toSorted()[0], 'turn of a cycle');
    if (turns[0] !== first) continue;
    const seen = new Set<string>();
    for (const of of words(orders, 2 * threads)) {
      if (turns.some((turn, i) => turn === first && seen.has(rotated(of, 2 * i).join()))) continue;
      seen.add(of.join());
      found.push(cycle(NAMES[first] ?? first.replaceAll(' ', '-'), links, of));
    }
  }
  return found;
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  return [...list.slice(by), ...list.slice(0, by)];
}

function* words<T>(letters: readonly T[], length: number): Generator<readonly T[]> {
  if (length === 0) yield [];
  else for (const rest of words(letters, length - 1)) for (const letter of letters) yield [...rest, letter];
}

/** Thread i's last access is linked by links[i] to the first access of the thread after it. */
function cycle(family: string, links: readonly Link[], orders: readonly AccessOrder[]): Cycle {
  const n = links.length;
  const finals = new Map<number, number>();
  const threads = links.map((link, i): CycleAccess[] => {
    const before = known(links[(i + n - 1) % n], 'link');
    const first = { kind: ENDS[before], place: (i + n - 1) % n, order: known(orders[2 * i], 'order') };
    const last = { kind: STARTS[link], place: i, order: known(orders[2 * i + 1], 'order') };
    if (link === 'co') finals.set(i, 2);
    return [
      { ...first, value: before === 'co' ? 2 : 1 },
      { ...last, value: link === 'fr' ? 0 : 1 },
    ];
  });
  const suffix = threads.map((accesses) => accesses.map(({ order }) => order).join('-'));
  return { name: [family, ...suffix].join('+'), threads, finals };
}
