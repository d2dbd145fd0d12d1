import type { RefType, ValType } from '../../../../src/syntax/types.ts';
import type { Body, Inst } from './body.ts';
import { addTag } from './definitions.ts';
import { funcShare, funcType, funcTypeIndex, index, NO_IMM, pair, suits, typesWhere, where } from './environment.ts';
import { matchOps, matchRef, ref, refIndex, refTo, topOf } from './matching.ts';
import { functionTable } from './tables.ts';
import { heapBelow, someRefType, someTypes } from './value-types.ts';

/** Instances of control instructions. */

export function controlInstance(b: Body, op: string): Inst | null {
  switch (op) {
    case 'unreachable':
      return { op, imm: NO_IMM, params: [], results: [], never: true };
    case 'throw':
      return throwTag(b);
    case 'throw_ref':
      return { op, imm: NO_IMM, params: [refTo('exn', b.shared ? 'shared' : someShare(b))], results: [], never: true };
    case 'br':
    case 'br_if':
      return branch(b, op);
    case 'br_table':
      return branchTable(b);
    case 'return':
      return { op, imm: NO_IMM, params: b.results, results: [], never: true };
    case 'call':
    case 'return_call':
      return call(b, op);
    case 'call_ref':
    case 'return_call_ref':
      return callRef(b, op);
    case 'call_indirect':
    case 'return_call_indirect':
      return callIndirect(b, op);
    case 'fork':
      return fork(b);
    case 'br_on_null':
    case 'br_on_non_null':
      return branchOnNull(b, op);
    case 'br_on_cast':
    case 'br_on_cast_fail':
      return branchOnCast(b, op);
    default:
      return null;
  }
}

export function someShare({ env, shared }: Body): 'shared' | 'unshared' {
  if (shared) return 'shared';
  return env.features.sharedEverything && env.c.chance(1, 2) ? 'shared' : 'unshared';
}

/** A label counted from the innermost, and what a branch to it takes. */
function someLabel(b: Body): { readonly l: number; readonly types: readonly ValType[] } {
  const ahead = b.env.runs && b.env.c.chance(15, 16) ? where(b.backward, (back) => !back) : null;
  const l = ahead === null ? b.env.c.below(b.labels.length) : b.labels.length - 1 - b.env.c.pick(ahead);
  return { l, types: b.labels[b.labels.length - 1 - l] as readonly ValType[] };
}

function branch(b: Body, op: 'br' | 'br_if'): Inst {
  const { l, types } = someLabel(b);
  if (op === 'br') return { op, imm: index(l), params: types, results: [], never: true };
  return { op, imm: index(l), params: [...types, 'i32'], results: types };
}

function branchTable(b: Body): Inst {
  const { c } = b.env;
  const { l, types } = someLabel(b);
  // Labels of wider types take the same operands.
  const others = where(b.labels, (label) => matchOps(b.env, types, label)).map((i) => b.labels.length - 1 - i);
  const labels = [...Array.from({ length: c.below(4) }, () => c.pick(others)), l];
  return { op: 'br_table', imm: { kind: 'labels', labels }, params: [...types, 'i32'], results: [], never: true };
}

/** A tag that code may use; made if there is none. */
export function someTag(b: Body): number | null {
  const { env } = b;
  const found = env.c.maybe(where(env.tags, (type) => !b.shared || funcType(env, type).share === 'shared'));
  if (found !== null) return found;
  if (!env.c.chance(1, 2)) return null;
  const share = someShare(b);
  return addTag(env, someTypes(env, { shared: share === 'shared', known: env.types.length }, 2), share);
}

function throwTag(b: Body): Inst | null {
  const tag = someTag(b);
  if (tag === null) return null;
  const { params } = funcType(b.env, b.env.tags[tag] as number);
  return { op: 'throw', imm: index(tag), params, results: [], never: true };
}

/** Whether a function of type `x` may be called here, and its results handed on by a tail call. */
function callable(b: Body, x: number, op: string): boolean {
  const { share, results } = funcType(b.env, x);
  if (b.shared && share !== 'shared') return false;
  return !op.startsWith('return_') || matchOps(b.env, results, b.results);
}

function calling(b: Body, op: string, imm: Inst['imm'], type: number, more: readonly ValType[]): Inst {
  const { params, results } = funcType(b.env, type);
  const operands = [...params, ...more];
  if (!op.startsWith('return_')) return { op, imm, params: operands, results };
  return { op, imm, params: operands, results: [], never: true };
}

function call(b: Body, op: string): Inst | null {
  const { env } = b;
  const f = env.c.maybe(where(env.funcs, ({ type }, x) => callable(b, type, op) && mayCall(b, x)));
  return f === null ? null : calling(b, op, index(f), env.funcs[f]?.type ?? 0, []);
}

/** A function type to call by; for a tail call one is made if there is none. */
function calledType(b: Body, op: string, share: 'shared' | 'unshared' | null): number | null {
  const { env } = b;
  const fits = (x: number): boolean => callable(b, x, op) && (share === null || env.types[x]?.share === share);
  const found = env.c.maybe(typesWhere(env, 'func', () => true).filter(fits));
  if (found !== null) return found;
  const wanted = share ?? someShare(b);
  if (!b.results.every((t) => suits(env, wanted, t)) || !env.c.chance(1, 2)) return null;
  return funcTypeIndex(env, ['i32'], b.results, wanted);
}

/** Code that runs calls later functions, so that calls end; earlier ones now and then. */
export function mayCall({ env, self }: Body, f: number): boolean {
  return !env.runs || f > self || env.funcs[f]?.imported === true || env.c.chance(1, 16);
}

function callRef(b: Body, op: string): Inst | null {
  const x = calledType(b, op, null);
  return x === null ? null : calling(b, op, index(x), x, [refIndex(x)]);
}

function callIndirect(b: Body, op: string): Inst | null {
  const { env } = b;
  const table = functionTable(b);
  if (table === null) return null;
  const tt = env.tables[table];
  if (tt === undefined) return null;
  const share = matchRef(env, tt.elem, refTo('func', 'shared')) ? 'shared' : 'unshared';
  const x = calledType(b, op, share);
  return x === null ? null : calling(b, op, pair(table, x), x, [tt.addr]);
}

/** Weft's own: a shared function without results. */
function fork(b: Body): Inst | null {
  const { env } = b;
  const fits = (x: number): boolean =>
    funcShare(env, x) === 'shared' && funcType(env, env.funcs[x]?.type ?? 0).results.length === 0;
  let f = env.c.maybe(where(env.funcs, (_, x) => fits(x)));
  if (f === null) {
    if (!env.c.chance(1, 2)) return null;
    const type = funcTypeIndex(
      env,
      env.c.pick([[], ['i32'] as const, ['i64', refTo('any', 'shared')] as const]),
      [],
      'shared',
    );
    f = env.funcs.push({ type, imported: false, made: null }) - 1;
  }
  return { op: 'fork', imm: index(f), params: funcType(env, env.funcs[f]?.type ?? 0).params, results: [] };
}

/** A reference type to branch on. */
function branchedType(b: Body): RefType | null {
  return someRefType(b.env, { shared: b.shared, known: b.env.types.length });
}

/** What stands below the reference in a branch around it. */
function below(b: Body): ValType[] {
  return someTypes(b.env, { shared: b.shared, known: b.env.types.length }, 1);
}

function branchOnNull(b: Body, op: string): Inst | null {
  const rt = branchedType(b);
  if (rt === null) return null;
  const [nullable, sure] = [ref(rt.heap), ref(rt.heap, false)];
  if (op === 'br_on_null') {
    const { l, types } = someLabel(b);
    return { op, imm: index(l), params: [...types, nullable], results: [...types, sure] };
  }
  for (const [i, label] of b.labels.entries()) {
    const last = label.at(-1);
    if (typeof last !== 'object' || !b.env.c.chance(1, 2)) continue;
    const others = label.slice(0, -1);
    return { op, imm: index(b.labels.length - 1 - i), params: [...others, ref(last.heap)], results: others };
  }
  const others = below(b);
  const around = [...others, b.env.c.chance(1, 2) ? nullable : sure];
  return { op, imm: index(0), params: [...others, nullable], results: others, around };
}

/** The type of what a cast of `from` to `to` leaves behind. */
function difference(from: RefType, to: RefType): RefType {
  return ref(from.heap, from.nullable && !to.nullable);
}

function branchOnCast(b: Body, op: string): Inst | null {
  const { env } = b;
  const from = branchedType(b);
  if (from === null) return null;
  const to = ref(heapBelow(env, from.heap), from.nullable && env.c.chance(1, 2));
  const [taken, left] = op === 'br_on_cast' ? [to, difference(from, to)] : [difference(from, to), to];
  const others = below(b);
  const around = [
    ...others,
    env.c.chance(1, 2) ? taken : ref(env.c.chance(1, 2) ? topOf(env, taken.heap) : taken.heap),
  ];
  const imm = { kind: 'cast-branch', x: 0, from, to } as const;
  return { op, imm, params: [...others, from], results: [...others, left], around };
}
