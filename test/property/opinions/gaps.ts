import type { Instr, Module } from '../../../src/syntax/module.ts';
import type { MemType, StorageType, TableType } from '../../../src/syntax/types.ts';
import { type Facts, hasHeap, isRef } from './facts.ts';
import type { PeerName } from './peers.ts';

/**
 * Where a peer is known to differ from Weft, and why Weft is right, or which reading the peer takes: what `proofs-notes/deviations.md` says in a row each. A gap is
 * a predicate on the module, or on the premise that a near miss breaks; where it holds, the peer's verdict of that kind is not held against Weft.
 */
export interface Gap {
  readonly peer: PeerName;
  /** What the peer does that Weft does not. */
  readonly does: 'rejects' | 'accepts' | 'crashes';
  readonly why: string;
  /** For near misses: the broken premise. */
  readonly broken?: string;
  readonly when?: (facts: Facts) => boolean;
}

function tablesOf(m: Module): TableType[] {
  const imported = m.imports.flatMap(({ desc }) => (desc.kind === 'table' ? [desc.type] : []));
  return [...imported, ...m.tables.map((t) => t.type)];
}

function tableOf(m: Module, x: number): TableType | undefined {
  return tablesOf(m)[x];
}

function memoriesOf(m: Module): MemType[] {
  const imported = m.imports.flatMap(({ desc }) => (desc.kind === 'memory' ? [desc.type] : []));
  return [...imported, ...m.memories.map((t) => t.type)];
}

function contentOf(m: Module, x: number): StorageType | undefined {
  const imported = m.imports.flatMap(({ desc }) => (desc.kind === 'global' ? [desc.type] : []));
  return [...imported, ...m.globals.map((g) => g.type)][x]?.content;
}

/** The type of the place that an atomic access to a global, table, structure or array reaches; null for other instructions. */
function atomicPlace(m: Module, instr: Instr): StorageType | null {
  if (instr.kind !== 'plain' || !instr.op.includes('.atomic.')) return null;
  const { op, imm } = instr;
  if (imm.kind === 'order-index-pair') {
    const comp = m.types[imm.x]?.type.comp;
    return comp?.kind === 'struct' ? (comp.fields[imm.y]?.storage ?? null) : null;
  }
  if (imm.kind !== 'order-index') return null;
  if (op.startsWith('global.')) return contentOf(m, imm.x) ?? null;
  if (op.startsWith('table.')) return tableOf(m, imm.x)?.elem ?? null;
  const comp = m.types[imm.x]?.type.comp;
  return comp?.kind === 'array' ? comp.field.storage : null;
}

function isShared(m: Module, t: StorageType): boolean {
  if (!isRef(t)) return false;
  return (t.heap.kind === 'abstract' ? t.heap.share : m.types[t.heap.type]?.type.share) === 'shared';
}

function callsThroughSharedElements({ module, instructions }: Facts): boolean {
  return instructions.some((i) => {
    if (i.kind !== 'plain' || !i.op.endsWith('call_indirect') || i.imm.kind !== 'index-pair') return false;
    const elem = tableOf(module, i.imm.x)?.elem;
    return elem !== undefined && isShared(module, elem);
  });
}

function handlesSharedExceptions(facts: Facts): boolean {
  if (!['throw_ref', 'catch_ref'].some((op) => facts.ops.has(op))) return false;
  const { types } = facts.module;
  return (
    types.some(({ type }) => type.share === 'shared') ||
    hasHeap(facts, ({ share, name }) => share === 'shared' && name.endsWith('exn'))
  );
}

/** An indirect tail call through a table of 64 bits. */
function tailCallsThrough64({ module, instructions }: Facts): boolean {
  return instructions.some(
    (i) =>
      i.kind === 'plain' &&
      i.op === 'return_call_indirect' &&
      i.imm.kind === 'index-pair' &&
      tableOf(module, i.imm.x)?.addr === 'i64',
  );
}

/** Whether some function, block or call gives or takes several values. */
function hasSeveralValues({ module }: Facts): boolean {
  return module.types.some(({ type: { comp } }) => comp.kind === 'func' && comp.results.length > 1);
}

/** `unreachable`, one instruction, `unreachable`: how near misses give an instruction whatever operands it wants. */
function isUnreachableSandwich(instr: Instr): boolean {
  if (instr.kind !== 'block' || instr.body.length !== 3) return false;
  return [instr.body[0], instr.body[2]].every((i) => i?.kind === 'plain' && i.op === 'unreachable');
}

/** Whether some instruction, of whatever function, names an unshared memory. */
function namesUnsharedMemory({ module, instructions }: Facts): boolean {
  const memories = memoriesOf(module);
  return instructions.some((i) => {
    if (i.kind !== 'plain') return false;
    if ('memarg' in i.imm) return memories[i.imm.memarg.memory]?.share === 'unshared';
    return i.op.startsWith('memory.') && i.imm.kind === 'index' && memories[i.imm.x]?.share === 'unshared';
  });
}

export const GAPS: readonly Gap[] = [
  {
    peer: 'wasm-tools',
    does: 'rejects',
    why: 'it types every caught exception (ref exn) and has throw_ref take only that; the proposal: shared tags throw and catch (shared exnref)',
    when: handlesSharedExceptions,
  },
  {
    peer: 'wasm-tools',
    does: 'rejects',
    why: 'an indirect call wants a table of unshared functions; the proposal: instructions on references take shared ones alike',
    when: callsThroughSharedElements,
  },
  {
    peer: 'wasm-tools',
    does: 'rejects',
    why: 'atomic accesses to references of globals, tables, structures and arrays are held against the unshared anyref and eqref alone, and a cmpxchg expects the exact type of the place; the proposal names (shared any), (shared eq)',
    when: ({ module, instructions }) =>
      instructions.some((i) => {
        const place = atomicPlace(module, i);
        return place !== null && isRef(place);
      }),
  },
  {
    peer: 'wasm-tools',
    does: 'accepts',
    why: 'it has the custom-descriptors proposal on, which asks of a branch on a cast only that both types have one top',
    broken: 'a branch on a cast to no subtype',
  },
  {
    peer: 'wasm-tools',
    does: 'accepts',
    why: 'it has the stack-switching proposal on, whose tags have results',
    broken: 'a tag with results',
  },
  {
    peer: 'wasm-tools',
    does: 'accepts',
    why: 'it asks no share of the globals that an initialiser reads; the proposal’s test shared-globals.wast does',
    broken: 'a shared global initialised by an unshared one',
  },
  {
    peer: 'wasm-tools',
    does: 'accepts',
    why: 'it asks no share of the memories that shared code names; the overview’s first example does',
    broken: 'shared code that names an unshared thing',
    when: namesUnsharedMemory,
  },
  {
    peer: 'wasm-tools',
    does: 'accepts',
    why: 'it asks no share of the tags that shared code names; the overview, Exception tags, does',
    broken: 'shared code that throws with an unshared tag',
  },
  {
    peer: 'wasm-tools',
    does: 'accepts',
    why: 'it checks the shares of locals and of some operands, not of all block types and intermediate values: between body-strictness strict and relaxed',
    broken: 'shared code with an unshared value',
  },
  {
    peer: 'wabt',
    does: 'rejects',
    why: 'return_call_indirect takes an i32 even of a table of 64 bits; memory64: the address type of the table',
    when: tailCallsThrough64,
  },
  {
    peer: 'wabt',
    does: 'rejects',
    why: 'the limits of a table of 64 bits are read as 32 bits',
    when: ({ module }) =>
      [
        ...module.tables.map((t) => t.type),
        ...module.imports.flatMap(({ desc }) => (desc.kind === 'table' ? [desc.type] : [])),
      ].some(({ limits: { max } }) => max !== null && max > 0xffff_ffffn),
  },
  {
    peer: 'wabt',
    does: 'accepts',
    why: 'a select with a list of no or several types passes; core: exactly one',
    broken: 'a select of not one type',
  },
  {
    peer: 'binaryen',
    does: 'rejects',
    why: 'it refuses empty recursive groups; core: a list of any length',
    when: ({ module }) => module.recs.includes(0),
  },
  {
    peer: 'binaryen',
    does: 'rejects',
    why: 'it skips declarative segments as if their elements were indices, and numbers the later segments without them',
    when: ({ module }) => module.elems.some((e) => e.mode.kind === 'declarative'),
  },
  {
    peer: 'binaryen',
    does: 'rejects',
    why: 'its expression trees cannot hold every stack: several values that an instruction in between leaves, takes or sets in part',
    when: hasSeveralValues,
  },
  {
    peer: 'binaryen',
    does: 'crashes',
    why: 'it asserts that the memories, or tables, of a copy have one address type; memory64: the smaller is the length’s',
    when: ({ module }) => new Set([...memoriesOf(module), ...tablesOf(module)].map(({ addr }) => addr)).size > 1,
  },
  {
    peer: 'binaryen',
    does: 'crashes',
    why: 'its tree builder asserts on several values, as above',
    when: hasSeveralValues,
  },
  {
    peer: 'binaryen',
    does: 'accepts',
    why: 'it asks nothing of an instruction whose operands are unreachable; core types it all the same',
    when: ({ instructions }) => instructions.some(isUnreachableSandwich),
  },
  ...(
    [
      ['a reference to an undeclared function', 'it declares functions itself, where references to them are taken'],
      ['a select on what it does not take', 'it joins the types of the two operands of a select, typed or not'],
      [
        'a local read before it is set',
        'it makes a local that is not set before every read nullable when it reads a binary',
      ],
      [
        'a type of another recursive group',
        'it gives a null reference the bottom type of its hierarchy, whatever is written',
      ],
      ['a tag with results', 'it has the stack-switching proposal on, whose tags have results'],
      ['a branch on a cast to no subtype', 'it has the custom-descriptors proposal on, which asks only for one top'],
    ] as const
  ).map(([broken, why]): Gap => ({ peer: 'binaryen', does: 'accepts', why, broken })),
  {
    peer: 'v8',
    does: 'accepts',
    why: 'an atomic access with a smaller alignment passes; threads: exactly the natural one',
    broken: 'atomic alignment that is not natural',
  },
];

/** The reason why a verdict of a peer that differs from Weft's is none against it; null if there is none. */
export function excuse(peer: PeerName, does: Gap['does'], facts: Facts, broken: string | null): Gap | null {
  const holds = (gap: Gap): boolean =>
    gap.peer === peer &&
    gap.does === does &&
    (gap.broken === undefined || gap.broken === broken) &&
    (gap.when?.(facts) ?? true);
  return GAPS.find(holds) ?? null;
}
