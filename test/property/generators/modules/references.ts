import type { HeapType, RefType, ValType } from '../../../../src/syntax/types.ts';
import type { Body, Inst } from './body.ts';
import { nullHeap } from './constants.ts';
import { someShare } from './control.ts';
import { funcShare, index, NO_IMM, suits, where } from './environment.ts';
import { matchOp, ref, refIndex, refTo, topOf } from './matching.ts';
import { heapBelow, someRefType } from './value-types.ts';

/** Instances of instructions on references. */

export function referenceInstance(b: Body, op: string, want?: ValType): Inst | null {
  const { env } = b;
  const { c } = env;
  const wanted = typeof want === 'object' ? want : null;
  const some = (): RefType =>
    wanted ?? someRefType(env, { shared: b.shared, known: env.types.length }) ?? refTo('func', someShare(b));
  const share = someShare(b);
  switch (op) {
    case 'ref.null': {
      const heap = nullHeap(env, ref(some().heap));
      return { op, imm: { kind: 'heap-type', heap }, params: [], results: [ref(heap)] };
    }
    case 'ref.is_null':
      return { op, imm: NO_IMM, params: [ref(some().heap)], results: ['i32'] };
    case 'ref.func':
      return functionReference(b, wanted);
    case 'ref.eq':
      return { op, imm: NO_IMM, params: [refTo('eq', share), refTo('eq', share)], results: ['i32'] };
    case 'ref.as_non_null': {
      const { heap } = some();
      return { op, imm: NO_IMM, params: [ref(heap)], results: [ref(heap, false)] };
    }
    case 'ref.test':
    case 'ref.cast': {
      const type = ref(some().heap, c.chance(1, 2));
      const from = ref(castFrom(b, type.heap), c.chance(1, 2));
      return { op, imm: { kind: 'ref-type', type }, params: [from], results: [op === 'ref.test' ? 'i32' : type] };
    }
    case 'any.convert_extern':
      return conversion(op, 'extern', 'any', shareWanted(b, wanted) ?? share, wanted?.nullable ?? c.chance(1, 2));
    case 'extern.convert_any':
      return conversion(op, 'any', 'extern', shareWanted(b, wanted) ?? share, wanted?.nullable ?? c.chance(1, 2));
    case 'ref.i31':
      return b.shared ? null : { op, imm: NO_IMM, params: ['i32'], results: [refTo('i31', 'unshared', false)] };
    case 'ref.i31_shared':
      return { op, imm: NO_IMM, params: ['i32'], results: [refTo('i31', 'shared', false)] };
    case 'i31.get_s':
    case 'i31.get_u':
      return { op, imm: NO_IMM, params: [refTo('i31', share)], results: ['i32'] };
    default:
      return null;
  }
}

function shareWanted(b: Body, wanted: RefType | null): 'shared' | 'unshared' | null {
  if (wanted === null) return null;
  const top = topOf(b.env, wanted.heap);
  return top.kind === 'abstract' ? top.share : null;
}

function conversion(
  op: string,
  from: 'any' | 'extern',
  to: 'any' | 'extern',
  share: 'shared' | 'unshared',
  nullable: boolean,
): Inst {
  return { op, imm: NO_IMM, params: [refTo(from, share, nullable)], results: [refTo(to, share, nullable)] };
}

/** A type of the same hierarchy. */
function castFrom(b: Body, heap: HeapType): HeapType {
  const top = topOf(b.env, heap);
  if (b.env.runs) return top;
  return b.env.c.chance(1, 2) ? heapBelow(b.env, top) : top;
}

function functionReference(b: Body, wanted: RefType | null): Inst | null {
  const { env } = b;
  const actual = (f: number): RefType =>
    env.features.gc ? refIndex(env.funcs[f]?.type ?? 0, false) : refTo('func', funcShare(env, f));
  const f = env.c.maybe(
    where(
      env.funcs,
      (_, x) =>
        suits(env, b.shared ? 'shared' : 'unshared', actual(x)) && (wanted === null || matchOp(env, actual(x), wanted)),
    ),
  );
  if (f === null) return null;
  env.referenced.add(f);
  return { op: 'ref.func', imm: index(f), params: [], results: [actual(f)] };
}
