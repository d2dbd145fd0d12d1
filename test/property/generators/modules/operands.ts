import type { InstructionRow } from '../../../../src/syntax/instructions.ts';
import { INSTRUCTIONS } from '../../../../src/syntax/instructions.ts';
import type { ValType } from '../../../../src/syntax/types.ts';
import { add, addBlock, type Body, type Inst } from './body.ts';
import { nullHeap, someConst } from './constants.ts';
import { type Env, funcShare, index, NO_IMM, plain, suits, where } from './environment.ts';
import { hasInstruction } from './features.ts';
import { instance } from './instances.ts';
import { matchOp, ref, refIndex, refTo } from './matching.ts';
import { makeObject } from './objects.ts';

/** Puts one operand of a type on the stack. */
export function produce(b: Body, t: ValType, depth: number): void {
  const { env } = b;
  const { c } = env;
  if (depth <= 0 || b.fuel <= 0 || !c.chance(3, 4)) return leaf(b, t);
  const way = c.below(4);
  if (way === 0 && typeof t === 'string') {
    const rows = rowsFor(env, t);
    const row = c.maybe(rows);
    const inst = row === null ? null : instance(b, row);
    if (inst !== null) return add(b, inst, depth - 1);
  }
  if (way === 1 && typeof t !== 'string') {
    const inst = referenceInstance(b, t);
    if (inst !== null) return add(b, inst, depth - 1);
  }
  if (way === 2) return addBlock(b, c.pick(['block', 'loop', 'if'] as const), [], [t], () => undefined, depth - 1);
  if (way === 3) {
    const call = c.maybe(callsGiving(b, t));
    if (call !== null) return add(b, call, depth - 1);
  }
  leaf(b, t);
}

const rowsByFeatures = new WeakMap<object, Map<ValType, readonly InstructionRow[]>>();

/** The rows with a fixed signature whose result is `t` alone. */
function rowsFor(env: Env, t: ValType): readonly InstructionRow[] {
  let rows = rowsByFeatures.get(env.features);
  if (rows === undefined) {
    rows = new Map();
    rowsByFeatures.set(env.features, rows);
  }
  const known = rows.get(t);
  if (known !== undefined) return known;
  const found = INSTRUCTIONS.filter(
    (row) => hasInstruction(env.features, row) && row.signature?.results.length === 1 && row.signature.results[0] === t,
  );
  rows.set(t, found);
  return found;
}

/** Instructions that make references, tried in random order. */
const REFERENCE_OPS = [
  'struct.new',
  'struct.new_default',
  'array.new',
  'array.new_default',
  'array.new_fixed',
  'array.new_data',
  'array.new_elem',
  'ref.i31',
  'ref.i31_shared',
  'ref.cast',
  'ref.as_non_null',
  'any.convert_extern',
  'extern.convert_any',
  'struct.get',
  'array.get',
  'table.get',
  'select',
  'waitqueue.new',
];

function referenceInstance(b: Body, t: Exclude<ValType, string>): Inst | null {
  const { env } = b;
  if (!env.features.gc) return null;
  for (let i = 0; i < 4; i++) {
    const op = env.c.pick(REFERENCE_OPS);
    const row = INSTRUCTIONS.find((r) => r.mnemonic === op);
    if (row === undefined || !hasInstruction(env.features, row)) continue;
    const inst = op === 'ref.as_non_null' ? asNonNull(t) : instance(b, row);
    const [result] = inst?.results ?? [];
    if (inst !== null && inst.results.length === 1 && result !== undefined && matchOp(env, result, t)) return inst;
  }
  return null;
}

function asNonNull(t: Exclude<ValType, string>): Inst {
  return { op: 'ref.as_non_null', imm: NO_IMM, params: [ref(t.heap)], results: [ref(t.heap, false)] };
}

function callsGiving(b: Body, t: ValType): Inst[] {
  const { env } = b;
  return where(env.funcs, ({ type }, f) => {
    if (env.runs && f <= b.self && env.funcs[f]?.imported !== true) return false;
    const st = env.types[type];
    const [result, ...more] = st?.comp.kind === 'func' ? st.comp.results : [];
    return (
      result !== undefined && more.length === 0 && matchOp(env, result, t) && (!b.shared || st?.share === 'shared')
    );
  }).flatMap((f) => {
    const comp = env.types[env.funcs[f]?.type ?? 0]?.comp;
    return comp?.kind === 'func' ? [{ op: 'call', imm: index(f), params: comp.params, results: comp.results }] : [];
  });
}

/** The globals that code may read. */
export function readableGlobals(b: Body, holds: (t: ValType) => boolean): number[] {
  return where(b.env.globals, (gt) => (!b.shared || gt.share !== 'unshared') && holds(gt.content));
}

/** One instruction, or two, without operands. */
function leaf(b: Body, t: ValType): void {
  const { env } = b;
  const { c } = env;
  const give = (op: string, imm: Inst['imm'], result: ValType): void =>
    add(b, { op, imm, params: [], results: [result] }, 0);
  if (c.chance(1, 2)) {
    const x = c.maybe(where(b.locals, (local, i) => b.isSet[i] === true && matchOp(env, local, t)));
    if (x !== null) return give('local.get', index(x), b.locals[x] as ValType);
  }
  if (c.chance(1, 4)) {
    const x = c.maybe(readableGlobals(b, (content) => matchOp(env, content, t)));
    if (x !== null) return give('global.get', index(x), env.globals[x]?.content as ValType);
  }
  if (typeof t === 'string') return give(`${t}.const`, someConst(env, t), t);
  if (env.runs && (!t.nullable || c.chance(5, 6)) && makeObject(b, t, 2)) return;
  if (!t.nullable || c.chance(1, 3)) {
    const actual = (f: number): ValType =>
      env.features.gc ? refIndex(env.funcs[f]?.type ?? 0, false) : refTo('func', funcShare(env, f));
    const functions = where(
      env.funcs,
      (_, f) => suits(env, b.shared ? 'shared' : 'unshared', actual(f)) && matchOp(env, actual(f), t),
    );
    const f = c.maybe(functions);
    if (f !== null) {
      env.referenced.add(f);
      return give('ref.func', index(f), actual(f));
    }
  }
  const heap = nullHeap(env, t);
  give('ref.null', { kind: 'heap-type', heap }, ref(heap));
  if (t.nullable) return;
  b.out.push(plain('ref.as_non_null'));
  b.fuel--;
  b.ops[b.ops.length - 1] = ref(heap, false);
}
