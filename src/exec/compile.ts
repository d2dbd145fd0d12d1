import { assert, assertNever, known } from '../base/assert.ts';
import type { ModuleInst, WasmFuncInst } from '../runtime/instance.ts';
import type { BlockType, Expr, Instr, PlainInstr } from '../syntax/module.ts';
import type { FuncType, ValType } from '../syntax/types.ts';
import type { Control, Target } from './branches.ts';
import {
  compileBranch,
  compileBranchIf,
  compileBranchOnCast,
  compileBranchOnNonNull,
  compileBranchOnNull,
  compileBranchTable,
  compileReturn,
  emitBranchOn,
  emitJump,
  takeCondition,
  targetOf,
} from './branches.ts';
import type { CatchClause, Code, Width } from './code.ts';
import { LINK_WORDS, wordsOf, wordsOfAll } from './code.ts';
import { compileTailCall } from './compile-calls.ts';
import type { Label } from './emitter.ts';
import { Emitter, newLabel } from './emitter.ts';
import { Operands } from './operands.ts';
import { indexOf, REFERENCE } from './plan.ts';
import { compileStraight } from './straight.ts';

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
  const z: Control = {
    module,
    type,
    emitter,
    operands,
    locals,
    events: [],
    silents: [],
    targets: [],
    handlers: [],
  };
  z.targets.push({ label: null, height: 0, word: operands.top, types: type.results });
  if (compileSequence(z, code.body)) compileReturn(z);
  return {
    words: emitter.finish(),
    paramWords: wordsOfAll(type.params),
    localWords: word,
    frameWords: Math.max(operands.highest, wordsOfAll(type.results)),
    events: z.events,
    silents: z.silents,
    handlers: z.handlers,
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
      return compileTry(z, instr);
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
    case 'br_on_null':
      compileBranchOnNull(z, targetOf(z, indexOf(imm)));
      return true;
    case 'br_on_non_null':
      compileBranchOnNonNull(z, targetOf(z, indexOf(imm)));
      return true;
    case 'br_on_cast':
    case 'br_on_cast_fail':
      assert(imm.kind === 'cast-branch', 'a branch on a cast has a type');
      compileBranchOnCast(z, targetOf(z, imm.x), imm.to, op === 'br_on_cast');
      return true;
    case 'return_call':
    case 'return_call_indirect':
    case 'return_call_ref':
      compileTailCall(z, instr);
      return false;
    case 'throw':
      compileThrow(z, indexOf(imm));
      return false;
    case 'throw_ref':
      z.emitter.emit('throw_ref', z.operands.read(z.operands.pop()));
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

/**
 * The body, and then for each clause what goes on after a catch: with what was caught as the operands where the block's own begin, it
 * branches to the clause's label.
 */
function compileTry(z: Control, instr: Extract<Instr, { kind: 'try_table' }>): boolean {
  const { params, results } = signatureOf(z.module, instr.type);
  const { emitter, operands } = z;
  operands.settle();
  const endLabel = newLabel();
  const end = targetHere(z, endLabel, params, results);
  const start = emitter.here();
  const alive = compileBody(z, end, instr.body);
  if (alive && instr.catches.length > 0) emitJump(z, endLabel);
  const after = emitter.here();
  const catches = instr.catches.map(({ tag, kind, label }): CatchClause => {
    const pc = emitter.here();
    const withReference = kind === 'catch_ref' || kind === 'catch_all_ref';
    const args = tag === null ? [] : known(z.module.tags[tag], 'tag').params;
    resetOperands(z, end, withReference ? [...args, REFERENCE] : args);
    compileBranch(z, targetOf(z, label));
    return { tag, withReference, pc };
  });
  z.handlers.push({ start, end: after, word: end.word, catches });
  return compileEnd(z, end, alive && catches.length === 0);
}

/** The exception's arguments are settled one after the other. */
function compileThrow({ module, operands, emitter }: Control, tag: number): void {
  const args = operands.last(known(module.tags[tag], 'tag').params.length);
  for (const arg of args) operands.move(arg, arg.word);
  emitter.emit('throw', tag, args[0]?.word ?? operands.top);
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

function signatureOf(module: ModuleInst, type: BlockType): FuncType {
  if (type.kind === 'type') {
    const { comp } = known(module.types[type.type], 'type');
    assert(comp.kind === 'func', 'a block has a function type');
    return comp;
  }
  return { kind: 'func', params: [], results: type.result === null ? [] : [type.result] };
}
