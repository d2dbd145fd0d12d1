import { known } from '../base/assert.ts';
import type { Span } from '../base/span.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { BlockType, Expr, Func, Instr, Module, PlainInstr } from '../syntax/module.ts';
import { printValType } from '../syntax/print-types.ts';
import type { Const } from '../syntax/script.ts';
import type { FuncType, ValType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';

/**
 * The gate of the executors: they know fewer instructions than can be typed, and nothing else reaches them. What a module
 * only defines and cannot use (a structure type, a passive segment) does not keep it out.
 */

/** The first thing in a module that the executors do not know. */
export interface NotExecutable {
  /** A mnemonic, or what it is in words. */
  readonly what: string;
  readonly at: Span;
}

/** Instructions with a typing rule of their own that both executors know. */
export const EXECUTED: ReadonlySet<string> = new Set([
  'unreachable',
  'nop',
  'br',
  'br_if',
  'br_table',
  'return',
  'call',
  'fork',
  'drop',
  'select',
  'local.get',
  'local.set',
  'local.tee',
  'global.get',
  'global.set',
  'ref.null',
  'ref.is_null',
  'ref.func',
  'memory.size',
  'memory.grow',
  'memory.fill',
  'memory.copy',
]);

/** What constant expressions are evaluated of; all of it is executed as well. */
const EVALUATED: ReadonlySet<string> = new Set([
  'i32.const',
  'i64.const',
  'f32.const',
  'f64.const',
  'ref.null',
  'ref.func',
  'global.get',
  'i32.add',
  'i32.sub',
  'i32.mul',
  'i64.add',
  'i64.sub',
  'i64.mul',
]);

/** Pages and slots that a store is asked to make at once. */
const MAX_PAGES = 32_768n;
const MAX_SLOTS = 10_000_000n;

/** Whether the executors know an instruction. */
export function isExecuted({ mnemonic, meaning }: InstructionRow): boolean {
  switch (meaning.kind) {
    case 'numeric':
      // Everything on integers; of floats only their bits.
      return /^i(32|64)\.|\.reinterpret_/.test(mnemonic);
    case 'const':
      return meaning.type !== 'v128';
    case 'special':
      return EXECUTED.has(mnemonic);
    case 'vector':
    case 'vector-load':
    case 'vector-store':
      return false;
    default:
      return true;
  }
}

const found = new WeakMap<Module, NotExecutable | 'executable'>();

/** Why a valid module cannot be instantiated and run yet; null if it can. */
export function whyNotExecutable(module: Module): NotExecutable | null {
  let why = found.get(module);
  if (why === undefined) {
    why = [...obstacles(module)].toSorted((a, b) => a.at.start - b.at.start)[0] ?? 'executable';
    found.set(module, why);
  }
  return why === 'executable' ? null : why;
}

/** Why an argument of a script cannot be given to the executors yet; null if it can. */
export function whyNotArgument(value: Const): string | null {
  switch (value.type) {
    case 'v128':
      return 'v128';
    case 'host-ref':
      return `ref.${value.kind === 'any' ? 'host' : 'extern'}`;
    default:
      return null;
  }
}

/** Arguments that {@link whyNotArgument} lets pass. */
export function valuesOf(args: readonly Const[]): readonly Value[] {
  return args.filter((value) => value.type !== 'v128' && value.type !== 'host-ref');
}

/** The sentence that says it; `line` is that of a text. */
export function notExecutableText(what: string, line: number | null): string {
  return `not executable yet: ${what}${line === null ? '' : ` (line ${line})`}`;
}

/** The first obstacle in each definition. */
function* obstacles(module: Module): Generator<NotExecutable> {
  const funcType = (x: number): FuncType => {
    const { comp } = known(module.types[x], 'type').type;
    return comp.kind === 'func' ? comp : { kind: 'func', params: [], results: [] };
  };
  const tags = [...module.tags, ...module.imports.filter((i) => i.desc.kind === 'tag')];
  for (const { at } of tags) yield { what: 'tag', at };
  for (const { desc, at } of module.imports) {
    if (desc.kind === 'func') yield* ofTypes(signature(funcType(desc.type)), at);
    if (desc.kind === 'global') yield* ofTypes([desc.type.content], at);
    if ((desc.kind === 'table' || desc.kind === 'memory') && desc.type.addr === 'i64')
      yield { what: `64-bit ${desc.kind}`, at };
  }
  for (const { type, init, at } of module.tables) {
    if (type.addr === 'i64') yield { what: '64-bit table', at };
    if (type.limits.min > MAX_SLOTS) yield { what: `table of ${type.limits.min} slots`, at };
    if (init !== null) yield { what: 'initialiser of a table', at };
  }
  for (const { type, at } of module.memories) {
    if (type.addr === 'i64') yield { what: '64-bit memory', at };
    if (type.limits.min > MAX_PAGES) yield { what: `memory of ${type.limits.min} pages`, at };
  }
  for (const { type, init, at } of module.globals) {
    yield* ofTypes([type.content], at);
    if (init !== null) yield* ofConstant(init);
  }
  for (const { mode, at } of module.elems) if (mode.kind === 'active') yield { what: 'active element segment', at };
  for (const { mode } of module.datas) if (mode.kind === 'active') yield* ofConstant(mode.offset);
  for (const func of module.funcs) yield* ofFunc(func, funcType);
}

function signature({ params, results }: FuncType): readonly ValType[] {
  return [...params, ...results];
}

function* ofTypes(types: readonly ValType[], at: Span): Generator<NotExecutable> {
  const vector = types.find((t) => t === 'v128');
  if (vector !== undefined) yield { what: printValType(vector), at };
}

function* ofConstant(expr: Expr): Generator<NotExecutable> {
  for (const instr of expr) {
    if (instr.kind === 'plain' && EVALUATED.has(instr.op)) continue;
    yield { what: `${wordOf(instr)} in a constant expression`, at: instr.at };
    return;
  }
}

function wordOf(instr: Instr): string {
  return instr.kind === 'plain' ? instr.op : instr.kind;
}

/** The first obstacle of a function; iterative, since bodies nest as deeply as the readers let them. */
function* ofFunc(func: Func, funcType: (x: number) => FuncType): Generator<NotExecutable> {
  yield* ofTypes(signature(funcType(func.type)), func.at);
  yield* ofTypes(
    func.locals.map((local) => local.type),
    func.at,
  );
  const types = (type: BlockType): readonly ValType[] =>
    type.kind === 'type' ? signature(funcType(type.type)) : type.result === null ? [] : [type.result];
  const open: { readonly body: Expr; next: number }[] = [{ body: func.body, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const instr = top.body[top.next++];
    if (instr === undefined) {
      open.pop();
      continue;
    }
    if (instr.kind === 'plain') {
      const what = plainObstacle(instr);
      if (what === null) continue;
      yield { what, at: instr.at };
      return;
    }
    const [obstacle] =
      instr.kind === 'try_table' ? [{ what: instr.kind, at: instr.at }] : ofTypes(types(instr.type), instr.at);
    if (obstacle !== undefined) {
      yield obstacle;
      return;
    }
    if (instr.kind !== 'if') open.push({ body: instr.body, next: 0 });
    else open.push({ body: instr.else, next: 0 }, { body: instr.then, next: 0 });
  }
}

function plainObstacle({ op, imm }: PlainInstr): string | null {
  if (!isExecuted(known(instructionRow(op), op))) return op;
  if (imm.kind === 'result-types' && imm.types?.includes('v128') === true) return 'v128';
  if (imm.kind === 'atomic-memarg' && (imm.order === 'seqcst-acqrel' || imm.order === 'acqrel-seqcst'))
    return `${op} with two orders`;
  return null;
}
