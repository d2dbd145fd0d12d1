import { assert, assertNever, Bug, known } from '../../base/assert.ts';
import type { BlockType, Expr, Instr, PlainInstr } from '../../syntax/module.ts';
import type { FuncType } from '../../syntax/types.ts';
import type { Operand } from './body.ts';
import { exactly, placesAt, testOf, TRAPS, WRITES } from './body.ts';
import { indexOf } from '../plan.ts';
import { compileCall, compileCallIndirect, compileCallRef } from './calls.ts';
import type { Compilation, Label } from './compilation.ts';
import type { Kind } from './parts.ts';
import { kindOf } from './parts.ts';
import { compileStraight } from './straight.ts';
import { FUEL } from './longs.ts';

/**
 * Structured control as JavaScript's: blocks are labelled blocks, loops are endless `for` statements that their bodies leave. What a branch
 * takes goes to the variables of the operands' places at its target.
 */

/** Compiles up to the first instruction that control does not pass; whether there is none. */
export function compileSequence(z: Compilation, body: Expr): boolean {
  return body.every((instr) => compileInstruction(z, instr));
}

/** Whether control may go on after the instruction. */
function compileInstruction(z: Compilation, instr: Instr): boolean {
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
      throw new Bug('try_table is left to the machine');
    default:
      return assertNever(instr);
  }
}

function compilePlain(z: Compilation, instr: PlainInstr): boolean {
  const { op, imm } = instr;
  switch (op) {
    case 'unreachable':
      z.body.before(TRAPS | WRITES);
      z.body.emit(`${z.body.use('trap')}("unreachable");`);
      return false;
    case 'return':
      compileBranch(z, known(z.labels[0], 'label of the function'));
      return false;
    case 'br':
      compileBranch(z, labelOf(z, indexOf(imm)));
      return false;
    case 'br_if':
      compileBranchIf(z, labelOf(z, indexOf(imm)));
      return true;
    case 'br_on_null':
    case 'br_on_non_null':
      compileBranchOnNull(z, labelOf(z, indexOf(imm)), op === 'br_on_null');
      return true;
    case 'br_table':
      assert(imm.kind === 'labels', 'br_table has labels');
      compileBranchTable(
        z,
        imm.labels.map((label) => labelOf(z, label)),
      );
      return false;
    case 'return_call':
      compileCall(z, indexOf(imm), true);
      return false;
    case 'return_call_indirect':
      compileCallIndirect(z, imm, true);
      return false;
    case 'return_call_ref':
      compileCallRef(z, indexOf(imm), true);
      return false;
    default:
      compileStraight(z, instr);
      return true;
  }
}

function labelOf({ labels }: Compilation, x: number): Label {
  return known(labels.at(-1 - x), 'label');
}

function kindsOf(z: Compilation, type: BlockType): { readonly params: Kind[]; readonly results: Kind[] } {
  const { params, results } = signatureOf(z, type);
  return { params: params.map(kindOf), results: results.map(kindOf) };
}

function signatureOf({ module }: Compilation, type: BlockType): FuncType {
  if (type.kind === 'type') {
    const { comp } = known(module.types[type.type], 'type');
    assert(comp.kind === 'func', 'a block has a function type');
    return comp;
  }
  return { kind: 'func', params: [], results: type.result === null ? [] : [type.result] };
}

function newLabel(z: Compilation, params: readonly Kind[], kinds: readonly Kind[], loop: boolean): Label {
  const name = `${loop ? 'L' : 'B'}${z.labels.length}`;
  return { name, loop, height: z.body.height - params.length, kinds, used: false };
}

/** Compiles a block's body under its label, with its results in their places at the end. */
function compileBody(z: Compilation, label: Label, body: Expr): boolean {
  z.labels.push(label);
  const alive = compileSequence(z, body);
  z.labels.pop();
  if (alive) z.body.settle(z.body.height - label.height);
  return alive;
}

/** The operands as they are at the start or end of a block. */
function reset({ body }: Compilation, label: Label, kinds: readonly Kind[]): void {
  body.stack.length = label.height;
  for (const kind of kinds) body.pushPlaces(kind);
}

function compileBlock(z: Compilation, type: BlockType, expr: Expr): boolean {
  const { params, results } = kindsOf(z, type);
  const { body } = z;
  body.settle(params.length);
  const label = newLabel(z, params, results, false);
  const header = body.lines.length;
  body.emit('');
  const alive = compileBody(z, label, expr);
  if (label.used) {
    body.lines[header] = `${label.name}:{`;
    body.emit('}');
  }
  reset(z, label, results);
  return alive || label.used;
}

function compileLoop(z: Compilation, type: BlockType, expr: Expr): boolean {
  const { params, results } = kindsOf(z, type);
  const { body } = z;
  body.settle(params.length);
  const label = newLabel(z, params, params, true);
  const header = body.lines.length;
  body.emit('');
  if (z.metered) body.emit(`if(--${body.use('INTS')}[${FUEL}]<0)${body.use('refuel')}();`);
  const alive = compileBody(z, label, expr);
  if (label.used) {
    body.lines[header] = `${label.name}:for(;;){`;
    body.emit(alive ? 'break;}' : '}');
  }
  reset(z, label, results);
  return alive;
}

function compileIf(z: Compilation, type: BlockType, then: Expr, otherwise: Expr): boolean {
  const { params, results } = kindsOf(z, type);
  const { body } = z;
  const condition = body.pop();
  body.settle(params.length);
  const label = newLabel(z, params, results, false);
  const header = body.lines.length;
  body.emit('');
  const thenAlive = compileBody(z, label, then);
  let elseAlive = true;
  if (otherwise.length > 0) {
    body.emit('}else{');
    reset(z, label, params);
    elseAlive = compileBody(z, label, otherwise);
  }
  body.lines[header] = `${label.used ? `${label.name}:` : ''}if(${testOf(condition)}){`;
  body.emit('}');
  reset(z, label, results);
  return thenAlive || elseAlive || label.used;
}

/** Emits a branch; the operands stay as they are for what follows. */
function compileBranch(z: Compilation, label: Label): void {
  if (label.name === null) return compileReturn(z);
  z.body.before(TRAPS);
  moveOperands(z, label);
  jump(z, label);
}

function jump({ body }: Compilation, label: Label): void {
  label.used = true;
  body.emit(`${label.loop ? 'continue' : 'break'} ${label.name};`);
}

/** The topmost operands, deepest first. */
function last({ body }: Compilation, count: number): readonly Operand[] {
  return body.stack.slice(body.height - count);
}

/** Moves what a branch takes to its places: never upwards, so from the deepest on. */
function moveOperands(z: Compilation, label: Label): void {
  for (const [i, operand] of last(z, label.kinds.length).entries()) {
    const places = placesAt(label.height + i, operand.kind);
    for (const place of places) z.body.variable(place);
    z.body.assign(places, operand);
  }
}

function compileBranchIf(z: Compilation, label: Label): void {
  const { body } = z;
  const condition = body.pop();
  body.before(TRAPS | (condition.effects & TRAPS));
  branchOn(z, testOf(condition), label);
}

/** The branch is taken where the test holds. */
function branchOn(z: Compilation, test: string, label: Label): void {
  z.body.emit(`if(${test}){`);
  compileBranch(z, label);
  z.body.emit('}');
}

function compileBranchOnNull(z: Compilation, label: Label, onNull: boolean): void {
  const { body } = z;
  body.simplify(0);
  const reference = body.pop();
  body.before(TRAPS);
  const [id = ''] = reference.parts;
  if (onNull) {
    branchOn(z, `${id}===0`, label);
    body.push(reference);
  } else {
    body.push(reference);
    branchOn(z, `${id}!==0`, label);
    body.pop();
  }
}

function compileBranchTable(z: Compilation, targets: readonly Label[]): void {
  const { body } = z;
  const index = known(body.pop().parts[0], 'index');
  body.before(TRAPS);
  const fallback = known(targets.at(-1), 'target');
  const cases = new Map<Label, number[]>();
  for (const [i, target] of targets.entries()) {
    if (i === targets.length - 1 || target === fallback) continue;
    const indices = cases.get(target) ?? [];
    indices.push(i);
    cases.set(target, indices);
  }
  body.emit(`switch(${index}){`);
  for (const [target, indices] of cases) {
    body.emit(indices.map((i) => `case ${i}:`).join(''));
    compileBranch(z, target);
  }
  body.emit('default:');
  compileBranch(z, fallback);
  body.emit('}');
}

/** The first part is returned, the others are left in `INTS` and `DOUBLES` at their places among the parts. */
export function compileReturn(z: Compilation): void {
  const { body } = z;
  const results = last(z, z.type.results.length);
  const [first] = results;
  if (first === undefined) return body.emit('return;');
  body.before(TRAPS);
  // Evaluated now, since operands may have been evaluated by it.
  const settled = last(z, results.length);
  let place = 0;
  for (const operand of settled) {
    const array = operand.kind === 'int' || operand.kind === 'long' ? 'INTS' : 'DOUBLES';
    for (const part of operand.kind === 'int' || operand.kind === 'long' ? operand.parts : [exactly(body, operand)]) {
      if (place > 0) body.emit(`${body.use(array)}[${place}]=${part};`);
      place++;
    }
  }
  const [value] = settled;
  body.emit(`return ${exactly(body, known(value, 'result'))};`);
}
