import type { InstructionRow } from '../../syntax/instructions.ts';
import type { MemArg, OrderAnnotation, PlainInstr } from '../../syntax/module.ts';
import type { GlobalShare } from '../../syntax/types.ts';
import { mayName, type Context, type ModuleContext } from './context.ts';
import { same } from './equal.ts';
import { expand, indexOf, plain, secondOf, type Scheme } from './form.ts';
import { sub, type Judgement, type Rule } from './judgement.ts';
import { memoryIn, signatureOf, tableIn } from './memory-forms.ts';
import {
  abstract,
  index,
  isRef,
  ref,
  refNull,
  unpack,
  unroll,
  type RefTerm,
  type ResultTerm,
  type StorageTerm,
  type TermShare,
  type ValTerm,
} from './terms.ts';

/**
 * Rules of atomic instructions and waits [threads proposal, Validation; shared-everything overview, Instructions, Managed Waiter
 * Queues; acquire-release proposal].
 *
 * Metavariables: C context, t value type, zt storage type, at address type, x y indices, s share.
 */

function orderOf({ imm }: PlainInstr): OrderAnnotation {
  return 'order' in imm ? imm.order : 'none';
}

function objectOk(C: Context, share: GlobalShare): Judgement {
  return { relation: 'Object_ok', M: C.M, of: share };
}

function orderOk(C: Context, instr: PlainInstr): Judgement {
  return { relation: 'Order_ok', M: C.M, of: orderOf(instr) };
}

/** An atomic access to a memory. */
export function atomicAccess(row: InstructionRow): Scheme {
  return plain((C, instr) => {
    const { imm } = instr;
    const memarg: MemArg | null = 'memarg' in imm ? imm.memarg : null;
    const { meaning } = row;
    if (memarg === null) return null;
    const bytes = 'bytes' in meaning ? meaning.bytes : 4;
    const mt = memoryIn(C, memarg.memory);
    const form = mt === null ? null : signatureOf(row, mt.addr);
    if (mt === null || form === null) return null;
    return {
      ...form,
      premises: [
        { relation: 'Memarg_ok', of: memarg, addr: mt.addr, bytes, atomic: true },
        objectOk(C, mt.share),
        orderOk(C, instr),
      ],
    };
  });
}

/** What is accessed: how the operands name it, what it holds, whether it can be written, and its share. */
interface Place {
  readonly operands: ResultTerm;
  readonly storage: StorageTerm;
  readonly mutable: boolean;
  readonly share: GlobalShare;
}

export type PlaceOf = (C: Context, instr: PlainInstr) => Place | null;

export const globalPlace: PlaceOf = (C, instr) => {
  const gt = C.M.globals[indexOf(instr)];
  if (gt === undefined || !mayName(C, gt.share)) return null;
  return { operands: [], storage: gt.content, mutable: gt.mutable, share: gt.share };
};

export const tablePlace: PlaceOf = (C, instr) => {
  const tt = tableIn(C, indexOf(instr));
  return tt === null ? null : { operands: [tt.addr], storage: tt.elem, mutable: true, share: tt.share };
};

export const fieldPlace: PlaceOf = (C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'struct')?.fields[secondOf(instr)];
  const dt = C.M.types[x];
  if (ft === undefined || dt === undefined) return null;
  return { ...ft, operands: [refNull(index(x))], share: unroll(dt).share };
};

export const elementPlace: PlaceOf = (C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'array')?.field;
  const dt = C.M.types[x];
  if (ft === undefined || dt === undefined) return null;
  return { ...ft, operands: [refNull(index(x)), 'i32'], share: unroll(dt).share };
};

type Access = 'get' | 'get-packed' | 'set' | 'arithmetic' | 'xchg' | 'cmpxchg';

function isPacked(zt: StorageTerm): zt is 'i8' | 'i16' {
  return zt === 'i8' || zt === 'i16';
}

/** Whether an access can be atomic on data of this type; null: it is a reference, about which its premise decides. */
function allowsData(C: Context, access: Access, zt: StorageTerm): boolean | null {
  if (access === 'get-packed') return isPacked(zt);
  if (zt === 'i32' || zt === 'i64') return true;
  if (isPacked(zt))
    return access === 'set' || (access !== 'get' && C.M.readings['packed-atomic-arithmetic'] === 'allow');
  return isRef(zt) && access !== 'arithmetic' ? null : false;
}

/** t <: (ref null (s any)), of a compare-exchange (ref null (s eq)). */
function allowsRef(C: Context, access: Access, rt: RefTerm, s: TermShare | undefined): readonly Judgement[] | null {
  if (access !== 'cmpxchg' && C.M.readings['atomic-references'] === 'all') return [];
  if (s === undefined) return null;
  return [sub('Reftype_sub', C.M, rt, refNull(abstract(s, access === 'cmpxchg' ? 'eq' : 'any')))];
}

/** The operands after the place, and the results. */
function operandsOf(
  access: Access,
  t: ValTerm,
  s: TermShare | undefined,
): { readonly params: ResultTerm; readonly results: ResultTerm } {
  switch (access) {
    case 'get':
    case 'get-packed':
      return { params: [], results: [t] };
    case 'set':
      return { params: [t], results: [] };
    case 'cmpxchg':
      return { params: [isRef(t) ? refNull(abstract(s ?? 'bot', 'eq')) : t, t], results: [t] };
    default:
      return { params: [t], results: [t] };
  }
}

/** An atomic access to a global, table slot, field or element. */
export function atomic(access: Access, placeOf: PlaceOf): Scheme {
  return {
    variables: ['s'],
    form: (C, instr, { s }) => {
      const place = placeOf(C, instr);
      if (place === null || (access !== 'get' && access !== 'get-packed' && !place.mutable)) return null;
      const { operands, storage, share } = place;
      const t = unpack(storage);
      let premises: readonly Judgement[] | null = [];
      const allowed = allowsData(C, access, storage);
      if (allowed === false) return null;
      if (allowed === null && isRef(t)) premises = allowsRef(C, access, t, s);
      if (premises === null) return null;
      const { params, results } = operandsOf(access, t, s);
      return {
        params: [...operands, ...params],
        results,
        premises: [...premises, objectOk(C, share), orderOk(C, instr)],
      };
    },
  };
}

const WAIT_QUEUE = refNull(abstract('shared', 'waitqueue'));
const SHARED_EQ = refNull(abstract('shared', 'eq'));

interface Expected {
  readonly M: ModuleContext;
  readonly of: StorageTerm;
  readonly type: ValTerm;
}

/** @rule Wait_expected/data — i32 and i64 are compared with themselves. */
const expectedData: Rule<Expected> = ({ M, of: zt, type }) =>
  zt === type && (zt === 'i32' || zt === 'i64')
    ? { conclusion: { relation: 'Wait_expected', M, of: zt, type }, premises: [] }
    : null;

/** @rule Wait_expected/ref — references that can be compared, with (ref null (shared eq)). */
const expectedRef: Rule<Expected> = ({ M, of: zt, type }) =>
  isRef(zt) && same(type, SHARED_EQ)
    ? { conclusion: { relation: 'Wait_expected', M, of: zt, type }, premises: [sub('Reftype_sub', M, zt, SHARED_EQ)] }
    : null;

export const WAIT_RULES = { 'Wait_expected/data': expectedData, 'Wait_expected/ref': expectedRef } as const;

/** A wait whose control word is at a place: the queue follows the reference, and comes before an index into a table. */
export function wait(placeOf: PlaceOf): Scheme {
  return plain((C, instr) => {
    const place = placeOf(C, instr);
    if (place === null) return null;
    const { operands, storage, share } = place;
    const [object, ...rest] = operands;
    const first = isRef(object) ? [object, WAIT_QUEUE, ...rest] : [WAIT_QUEUE, ...operands];
    const type = isRef(storage) ? SHARED_EQ : unpack(storage);
    return {
      params: [...first, type, 'i64'],
      results: ['i32'],
      premises: [{ relation: 'Wait_expected', M: C.M, of: storage, type }, objectOk(C, share)],
    };
  });
}

/** memory.wait32, memory.wait64 */
export const memoryWait = plain((C, instr) => {
  const mt = memoryIn(C, indexOf(instr));
  if (mt === null) return null;
  const t = instr.op === 'memory.wait64' ? 'i64' : 'i32';
  return { params: [WAIT_QUEUE, mt.addr, t, 'i64'], results: ['i32'], premises: [objectOk(C, mt.share)] };
});

export const waitQueueNew = plain(() => ({ params: [], results: [ref(abstract('shared', 'waitqueue'))] }));

export const waitQueueNotify = plain(() => ({ params: [WAIT_QUEUE, 'i32'], results: ['i32'] }));

export const fence = plain((C, instr) => ({ params: [], results: [], premises: [orderOk(C, instr)] }));

export const pause = plain(() => ({ params: [], results: [] }));
