import { assert, known } from '../base/assert.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { FuncType } from '../syntax/types.ts';
import { wordsOf, wordsOfAll } from './code.ts';
import type { Compilation } from './compilation.ts';
import { compileEvents } from './compile-events.ts';
import { indexOf, secondOf } from './plan.ts';

/** The arguments of a call are settled where the callee's frame begins. */
export function compileCall(z: Compilation, instr: PlainInstr): void {
  const { operands, emitter } = z;
  const callee = beginCall(z, instr);
  const { params, results } = callee.type;
  operands.settle();
  operands.drop(operands.height - params.length);
  if (callee.word === null) emitter.emit('call', indexOf(instr.imm), operands.top);
  else emitter.emit('call_ref', callee.word, operands.top);
  for (const type of results) operands.pushPlace(wordsOf(type));
}

/** A call in place of this one: what is called returns to the caller. After it a return, for a host function, which has no frame. */
export function compileTailCall(z: Compilation, instr: PlainInstr): void {
  const { operands, emitter } = z;
  const callee = beginCall(z, instr);
  const { params, results } = callee.type;
  operands.settle();
  operands.drop(operands.height - params.length);
  const base = operands.top;
  const words = wordsOfAll(params);
  if (callee.word === null) emitter.emit('return_call', indexOf(instr.imm), base, words);
  else emitter.emit('return_call_ref', callee.word, base, words);
  emitter.emit('return', base, wordsOfAll(results));
}

/** What is called: a function of the module, or one whose reference is at a word. */
function beginCall(z: Compilation, instr: PlainInstr): { readonly type: FuncType; readonly word: number | null } {
  const { module, operands, emitter } = z;
  const { op, imm } = instr;
  switch (op) {
    case 'call':
    case 'return_call':
      return { type: known(module.funcs[indexOf(imm)], 'function').type, word: null };
    case 'call_indirect':
    case 'return_call_indirect':
      compileEvents(z, instr);
      // One instruction, one site: it reads the slot.
      emitter.site = { ...emitter.site, shows: 'ref' };
      return { type: functionType(z, secondOf(imm)), word: operands.read(operands.pop()) };
    default:
      return { type: functionType(z, indexOf(imm)), word: operands.read(operands.pop()) };
  }
}

function functionType({ module }: Compilation, x: number): FuncType {
  const { comp } = known(module.types[x], 'type');
  assert(comp.kind === 'func', 'a function type');
  return comp;
}
