import { overlap } from '../alphabet.ts';
import type { Machine, Node, Pair } from './machine.ts';

/**
 * ARMv8 (multi-copy atomic), with the scheme of OOPSLA19 Fig. 19: plain accesses are LDR and STR, seqcst ones LDAR and STLR, read-modify-writes pairs
 * of LDAXR and STLXR (which order less than the single instructions do); acqrel loads are LDAPR, acqrel stores STLR; a fence is DMB ISH. There are no
 * dependencies: those that a program has order more.
 */
export const armv8: Machine = {
  name: 'armv8',
  title: 'ARMv8',
  source:
    'Pulte, Flur, Deacon, French, Sarkar, Sewell, Simplifying ARM concurrency, POPL 2018; Arm ARM B2.3; OOPSLA19 Fig. 19',
  splitsUpdates: true,
  fences: () => true,
  keeps,
};

/** Load-acquire, with or without the order after store-release. */
function acquires({ reads, letter }: Node): boolean {
  return reads && letter.order !== 'unord';
}

function acquiresStrongly({ reads, letter }: Node): boolean {
  return reads && (letter.order === 'seqcst' || letter.kind === 'rmw');
}

function releases({ writes, letter }: Node): boolean {
  return writes && letter.order !== 'unord';
}

function keeps({ first, second, fenced, adjacent }: Pair): boolean {
  if (fenced || acquires(first) || releases(second)) return true;
  if (releases(first) && acquiresStrongly(second)) return true;
  if (second.writes && overlap(first.place, second.place)) return true;
  return first.writes && first.letter.kind === 'rmw' && adjacent && acquires(second);
}
