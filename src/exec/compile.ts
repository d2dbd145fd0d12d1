import { assert, assertNever, Bug, known } from '../base/assert.ts';
import type { ModuleInst, WasmFuncInst } from '../runtime/instance.ts';
import type { BlockType, Expr, Instr, PlainInstr } from '../syntax/module.ts';
import type { FuncType, ValType } from '../syntax/types.ts';
import type { Code, Width } from './code.ts';
import { LINK_WORDS, wordsOf, wordsOfAll } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { Comparison, Label } from './emitter.ts';
import { Emitter, newLabel } from './emitter.ts';
import { indexOf } from './event-shapes.ts';
import { Operands } from './operands.ts';
import type { OpName } from './ops.ts';
import { compileStraight } from './straight.ts';

/** A label in scope: what a branch to it takes, and where that goes. */
interface Target {
  /** Null: the function's own, a branch to which returns. */
  readonly label: Label | null;
  /** Operands below the block's own. */
  readonly height: number;
  /** The first word of the block's own operands. */
  readonly word: number;
  readonly types: readonly ValType[];
}

interface Control extends Compilation {
  /** Innermost last. */
  readonly targets: Target[];
}

/** Compiles a function of a valid module. */
export function compile({ module, code, type }: WasmFuncInst): Code {
  const locals: { readonly word: number; readonly size: Width }[] = [];
  let word = 0;
  for (const local of [...type.params, ...code.locals.map((each) => each.type)]) {
    const size = wordsOf(local);
    locals.push({ word, size });
    word += size;
  }
  const emitter = new Emitter({ at: code.at, text: 'func', shows: null });
  const { site } = emitter;
  const operands = new Operands(emitter, word + LINK_WORDS);
  const z: Control = { module, type, emitter, operands, locals, events: [], targets: [] };
  z.targets.push({ label: null, height: 0, word: operands.top, types: type.results });
  if (compileSequence(z, code.body)) compileReturn(z);
  return {
    words: emitter.finish(),
    paramWords: wordsOfAll(type.params),
    localWords: word,
    frameWords: Math.max(operands.highest, wordsOfAll(type.results)),
    events: z.events,
    sites: emitter.sites,
    site,
  };
}

/** Compiles up to the first instruction that control does not pass; whether there is none. */
function compileSequence(z: Control, body: Expr): boolean {
  return body.every((instr) => compileInstruction(z, instr));
}

/** Whether control may go on after the instruction. */
function compileInstruction(z: Control, instr: Instr): boolean {
  z.emitter.site = { at: instr.at, text: instr.kind === 'plain' ? instr.op : instr.kind, shows: null };
  switch (instr.kind) {
    case 'plain':
      return compilePlain(z, instr);
    case 'block':
      return compileBlock(z, instr.type, instr.body);
    case 'loop':
      return compileLoop(z, instr.type, instr.body);
    case 'if':
      return compileIf(z, instr.type, instr.then, instr.else);
    case 'try_table':
      throw new Bug('try_table is not executed');
    default:
      return assertNever(instr);
  }
}

function compilePlain(z: Control, instr: PlainInstr): boolean {
  const { op, imm } = instr;
  switch (op) {
    case 'unreachable':
      z.emitter.emit('unreachable');
      return false;
    case 'return':
      compileReturn(z);
      return false;
    case 'br':
      compileBranch(z, targetOf(z, indexOf(imm)));
      return false;
    case 'br_if':
      compileBranchIf(z, targetOf(z, indexOf(imm)));
      return true;
    case 'br_table':
      compileBranchTable(z, imm.kind === 'labels' ? imm.labels.map((label) => targetOf(z, label)) : []);
      return false;
    default:
      compileStraight(z, instr);
      return true;
  }
}

function compileBlock(z: Control, type: BlockType, body: Expr): boolean {
  const { params, results } = signatureOf(z.module, type);
  z.operands.settle();
  const end = targetHere(z, newLabel(), params, results);
  return compileEnd(z, end, compileBody(z, end, body));
}

function compileLoop(z: Control, type: BlockType, body: Expr): boolean {
  const { params, results } = signatureOf(z.module, type);
  z.operands.settle();
  const label = newLabel();
  const start = targetHere(z, label, params, params);
  z.emitter.bind(label);
  z.emitter.emit('loop');
  const alive = compileBody(z, start, body);
  return compileEnd(z, { ...start, label: newLabel(), types: results }, alive);
}

function compileIf(z: Control, type: BlockType, then: Expr, otherwise: Expr): boolean {
  const { params, results } = signatureOf(z.module, type);
  const { emitter, operands } = z;
  const condition = takeCondition(z);
  operands.settle();
  const endLabel = newLabel();
  const elseLabel = newLabel();
  const end = targetHere(z, endLabel, params, results);
  emitBranchOn(z, condition, false, elseLabel);
  const thenAlive = compileBody(z, end, then);
  if (otherwise.length === 0) {
    emitter.bind(elseLabel);
    return compileEnd(z, end, true);
  }
  if (thenAlive) emitJump(z, endLabel);
  emitter.bind(elseLabel);
  resetOperands(z, end, params);
  const elseAlive = compileBody(z, end, otherwise);
  return compileEnd(z, end, thenAlive || elseAlive);
}

/** Compiles a block's body under its label, with the operands settled at its end. */
function compileBody(z: Control, target: Target, body: Expr): boolean {
  z.targets.push(target);
  const alive = compileSequence(z, body);
  z.targets.pop();
  if (alive) z.operands.settle();
  return alive;
}

/** After a block its results are the operands, in their places. */
function compileEnd(z: Control, end: Target, alive: boolean): boolean {
  const label = known(end.label, 'label of a block');
  const reached = alive || label.uses.length > 0;
  z.emitter.bind(label);
  resetOperands(z, end, end.types);
  return reached;
}

function targetHere(
  { operands }: Control,
  label: Label,
  params: readonly ValType[],
  types: readonly ValType[],
): Target {
  const own = operands.last(params.length);
  return { label, height: operands.height - own.length, word: own[0]?.word ?? operands.top, types };
}

function resetOperands({ operands }: Control, target: Target, types: readonly ValType[]): void {
  operands.drop(target.height);
  for (const type of types) operands.pushPlace(wordsOf(type));
}

function targetOf({ targets }: Control, label: number): Target {
  return known(targets.at(-1 - label), 'target');
}

function signatureOf(module: ModuleInst, type: BlockType): FuncType {
  if (type.kind === 'type') {
    const { comp } = known(module.types[type.type], 'type');
    assert(comp.kind === 'func', 'a block has a function type');
    return comp;
  }
  return { kind: 'func', params: [], results: type.result === null ? [] : [type.result] };
}

/** Emits a branch; the operands stay as they are for what follows. */
function compileBranch(z: Control, target: Target): void {
  if (target.label === null) return compileReturn(z);
  moveOperands(z, target);
  emitJump(z, target.label);
}

function compileBranchIf(z: Control, target: Target): void {
  const condition = takeCondition(z);
  if (target.label !== null && !mustMove(z, target)) return emitBranchOn(z, condition, true, target.label);
  const over = newLabel();
  emitBranchOn(z, condition, false, over);
  compileBranch(z, target);
  z.emitter.bind(over);
}

function compileBranchTable(z: Control, targets: readonly Target[]): void {
  const { emitter, operands } = z;
  const index = operands.read(operands.pop());
  const stubs = new Map<Target, Label>();
  emitter.emit('br_table', index, targets.length - 1);
  for (const target of targets) {
    const direct = mustMove(z, target) ? null : target.label;
    if (direct === null && !stubs.has(target)) stubs.set(target, newLabel());
    emitter.refer(direct ?? known(stubs.get(target), 'stub'));
  }
  for (const [target, stub] of stubs) {
    emitter.bind(stub);
    compileBranch(z, target);
  }
}

/** Results are settled only for the return itself, whose sources may be the locals that they overwrite. */
function compileReturn(z: Control): void {
  const { operands, emitter, type } = z;
  const results = operands.last(type.results.length);
  const [first] = results;
  if (first === undefined) emitter.emit('return', 0, 0);
  else if (results.length === 1 && first.size === 1) emitter.emit('return32', operands.read(first));
  else if (results.length === 1 && first.size === 2) emitter.emit('return64', operands.read(first));
  else if (results.length === 1) emitter.emit('return', operands.read(first), first.size);
  else {
    for (const result of results) operands.move(result, result.word);
    emitter.emit('return', first.word, wordsOfAll(type.results));
  }
}

/** Moves a branch's operands to where its target expects them: never upwards, so from the deepest on. */
function moveOperands({ operands }: Control, target: Target): void {
  let word = target.word;
  for (const operand of operands.last(target.types.length)) {
    operands.move(operand, word);
    word += operand.size;
  }
}

function mustMove({ operands }: Control, target: Target): boolean {
  const own = operands.last(target.types.length);
  return own.some(({ source }) => source.kind !== 'place') || (own[0]?.word ?? target.word) !== target.word;
}

/** A branch's condition: a comparison to be joined with it, or a word. */
type Condition = Comparison | { readonly op: null; readonly a: number };

function takeCondition({ operands, emitter }: Control): Condition {
  const operand = operands.pop();
  const comparison = operand.source.kind === 'place' ? emitter.takeComparison(operand.word) : null;
  return comparison ?? { op: null, a: operands.read(operand) };
}

const OPPOSITE: Readonly<Record<string, string>> = {
  eq: 'ne',
  ne: 'eq',
  lt_s: 'ge_s',
  lt_u: 'ge_u',
  gt_s: 'le_s',
  gt_u: 'le_u',
  le_s: 'gt_s',
  le_u: 'gt_u',
  ge_s: 'lt_s',
  ge_u: 'lt_u',
};

/** Branches where the condition is as `sense` says. */
function emitBranchOn({ emitter }: Control, condition: Condition, sense: boolean, label: Label): void {
  if (condition.op === null) emitter.emit(sense ? 'br_if' : 'br_unless', condition.a);
  else if (condition.op === 'i32.eqz') emitter.emit(sense ? 'br_unless' : 'br_if', condition.a);
  else {
    const op = sense ? condition.op : condition.op.replace(/\.(\w+)/, (_, name: string) => `.${OPPOSITE[name]}`);
    emitter.emit(`br_if ${op}` as OpName, condition.a, condition.b);
  }
  emitter.refer(label);
}

function emitJump({ emitter }: Control, label: Label): void {
  emitter.emit('br');
  emitter.refer(label);
}
