import { known } from '../../../../src/base/assert.ts';
import { NOWHERE } from '../../../../src/base/span.ts';
import { INSTRUCTIONS, type InstructionRow } from '../../../../src/syntax/instructions.ts';
import type { Instr, Module } from '../../../../src/syntax/module.ts';
import type { ValType } from '../../../../src/syntax/types.ts';
import { add, addBlock, type Body, finish, startBody } from './body.ts';
import { type Choices, choicesFromSeed } from './choices.ts';
import { addData, addGlobal, addMemory, makeDefinitions } from './definitions.ts';
import { type Env, funcTypeIndex, index, makeEnv, plain } from './environment.ts';
import { featuresFrom } from './features.ts';
import { instance } from './instances.ts';
import { refTo } from './matching.ts';
import { assemble } from './module.ts';
import { fill } from './statements.ts';
import { makeTypes } from './type-section.ts';

/** Small modules for single rows of the instruction table. */

/** The exported function of a row's module. */
export const ROW_EXPORT = 'row';

const FEATURES = { names: false, customs: false, notes: false };

/** Rows of a fixed signature that name nothing: functions of their operands. */
export function isPure({ signature, immediates, meaning }: InstructionRow): boolean {
  return (
    signature !== null &&
    (meaning.kind === 'numeric' || meaning.kind === 'vector') &&
    ['none', 'lane', 'lanes'].includes(immediates)
  );
}

/** A function of the row's own operands; for pure rows. */
export function pureModule(row: InstructionRow, seed: number): Module {
  const env = makeEnv(choicesFromSeed(seed), featuresFrom(FEATURES));
  const params = (row.signature?.params ?? []).filter((t) => t !== 'addr');
  const results = (row.signature?.results ?? []).filter((t) => t !== 'addr');
  const type = funcTypeIndex(env, params, results, 'unshared');
  const body = startBody(env, 0, false, params, [], results, 0);
  const inst = instance(body, row);
  if (inst === null) throw new RangeError(`no instance of ${row.mnemonic}`);
  const code = [...params.map((_, i) => plain('local.get', index(i))), plain(row.mnemonic, inst.imm)];
  env.funcs.push({ type, imported: false, made: { locals: [], body: code } });
  return exported(env, 0);
}

const LOCALS: readonly ValType[] = ['i32', 'f64', refTo('func', 'shared')];

/** Rows whose effect is where they lead. */
const LEADS = /^(br|return|unreachable|throw|call|fork|nop|drop)/;

/**
 * A module whose exported function executes the row, most likely without a trap, and returns what it gives; null if this seed has no occasion
 * for it. Rows that lead elsewhere stand in the middle of a few others.
 */
export function rowModule(row: InstructionRow, seed: number): Module | null {
  const c = choicesFromSeed(seed * 7919 + row.opcode.reduce((sum, byte) => sum * 256 + byte, 1));
  const env = { ...makeEnv(c, featuresFrom(FEATURES), true), shared: false };
  makeTypes(env);
  const shared = row.mnemonic === 'ref.i31_shared' || (row.mnemonic !== 'ref.i31' && c.chance(1, 3));
  callees(env, c);
  makeDefinitions(env);
  const share = shared ? 'shared' : 'unshared';
  if (/memory/.test(row.immediates) || row.immediates.includes('memarg')) addMemory(env, share);
  if (row.immediates.includes('data')) addData(env, share);
  const leads = LEADS.test(row.mnemonic);
  const given: ValType[] = leads ? ['i32'] : [];
  const body = startBody(env, -1, shared, [], LOCALS, given, 60);
  if (leads ? !addLeading(body, row) : !addRow(body, row, 1)) return null;
  if (row.mnemonic.startsWith('local.')) LOCALS.forEach((t, x) => observe(body, t, plain('local.get', index(x))));
  if (leads && !body.poly) fill(body, 2, 1);
  const results = leads ? given : body.ops.filter((op) => typeof op !== 'object' || op.kind === 'ref');
  const types = results as ValType[];
  finish(body, types, 1);
  env.funcs.push({
    type: funcTypeIndex(env, [], types, share),
    imported: false,
    made: { locals: [...LOCALS, 'i32' as const].map((t) => ({ id: null, type: t })), body: body.out },
  });
  for (const decl of env.funcs) decl.made ??= { locals: [], body: simpleBody(env, decl.type) };
  return exported(env, env.funcs.length - 1);
}

/** The first few seeds that give a module for the row. */
export function rowModules(row: InstructionRow, count: number): readonly (readonly [Module, number])[] {
  const modules: (readonly [Module, number])[] = [];
  for (let seed = 0; modules.length < count && seed < 60 * count; seed++) {
    const module = rowModule(row, seed);
    if (module !== null) modules.push([module, seed]);
  }
  return modules;
}

/** Functions to call and to take references to, whose results tell them apart. */
function callees(env: Env, c: Choices): void {
  for (const share of ['shared', 'shared', 'unshared', 'unshared'] as const) {
    const params: ValType[] = c.chance(1, 2) ? ['i32'] : [];
    const results: ValType[] = c.chance(1, 2) ? ['i32'] : [];
    env.funcs.push({ type: funcTypeIndex(env, params, results, share), imported: false, made: null });
  }
}

function addRow(body: Body, row: InstructionRow, depth: number): boolean {
  const inst = instance(body, row);
  if (inst === null) return false;
  add(body, inst, depth);
  return true;
}

/** Within two blocks, whose ends can be told from each other and from the function's. */
function addLeading(body: Body, row: InstructionRow): boolean {
  let added = false;
  const inside = (): void => {
    fill(body, 2, 1);
    for (let tries = 0; tries < 8 && !added; tries++) added = addRow(body, row, 2);
    observeOperands(body);
  };
  const plus = (value: number): void => {
    body.out.push(plain('i32.const', { kind: 'i32', value }), plain('i32.add'));
  };
  const outside = (): void => {
    addBlock(body, 'block', [], ['i32'], inside, 3);
    plus(1000);
  };
  addBlock(body, 'block', [], ['i32'], outside, 3);
  plus(1_000_000);
  return added;
}

/** Takes everything off the stack and into globals, which the world sees. */
function observeOperands(body: Body): void {
  for (let op = body.ops.pop(); op !== undefined; op = body.ops.pop()) {
    if (typeof op === 'object' && op.kind !== 'ref') body.out.push(plain('drop'));
    else if (op === 'bot' || op === 'botref') body.out.push(plain('drop'));
    else observe(body, op);
  }
}

function observe({ env, shared, out }: Body, t: ValType, ...first: Instr[]): void {
  const content = typeof t === 'string' ? t : { ...t, nullable: true };
  const x = known(
    addGlobal(env, { share: shared ? 'shared' : 'unshared', mutable: true, content }) ?? undefined,
    'global',
  );
  out.push(...first, plain('global.set', index(x)));
}

function simpleBody(env: Env, type: number): Module['funcs'][number]['body'] {
  const comp = env.types[type]?.comp;
  const { params, results } = comp?.kind === 'func' ? comp : { params: [], results: [] };
  const body = startBody(env, env.funcs.length, env.types[type]?.share === 'shared', params, [], results, 4);
  params.forEach((t, x) => observe(body, t, plain('local.get', index(x))));
  finish(body, results, 0);
  return body.out;
}

function exported(env: Env, f: number): Module {
  const module = assemble(env);
  const others = module.exports.filter((e) => e.name !== ROW_EXPORT);
  return {
    ...module,
    exports: [...others, { name: ROW_EXPORT, kind: 'func', index: f, at: NOWHERE }],
    start: null,
  };
}

/** The rows of the same shape and type, which may stand in each other's places. */
export function siblings(row: InstructionRow): readonly InstructionRow[] {
  const key = shapeOf(row);
  return key === null ? [] : INSTRUCTIONS.filter((other) => other !== row && shapeOf(other) === key);
}

const NAMESAKES: readonly (readonly string[])[] = [
  ['struct.get_s', 'struct.get_u', 'struct.atomic.get_s', 'struct.atomic.get_u'],
];

function shapeOf(row: InstructionRow): string | null {
  const { signature, immediates, meaning, mnemonic } = row;
  if (signature !== null && !mnemonic.endsWith('.const')) {
    const width =
      'bytes' in meaning && (immediates.endsWith('memarg') || immediates === 'memarg-lane') ? meaning.bytes : '';
    return `${immediates}|${signature.params.join()}|${signature.results.join()}|${width}`;
  }
  const names = NAMESAKES.findIndex((list) => list.includes(mnemonic));
  return names < 0 ? null : `names ${names}`;
}
