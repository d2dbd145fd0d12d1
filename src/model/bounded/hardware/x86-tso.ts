import type { Machine, Pair } from './machine.ts';

/**
 * x86-TSO, with the scheme of OOPSLA19 Fig. 19: every load and store is MOV, a seqcst store XCHG (as strong as MOV; MFENCE), a
 * read-modify-write a locked instruction, a seqcst fence MFENCE, an acqrel fence nothing.
 */
export const x86Tso: Machine = {
  name: 'x86-tso',
  title: 'x86-TSO',
  source: 'Owens, Sarkar, Sewell, A better x86 memory model: x86-TSO, TPHOLs 2009; OOPSLA19 Fig. 19',
  splitsUpdates: false,
  fences: (order) => order === 'seqcst',
  keeps,
};

/** All but a write before a read, unless one of them is locked or a fence lies between. */
function keeps({ first, second, fenced }: Pair): boolean {
  const buffered = first.writes && !first.reads && first.letter.order !== 'seqcst';
  return fenced || !(buffered && second.reads && !second.writes);
}
