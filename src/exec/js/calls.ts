import { assert, known } from '../../base/assert.ts';
import type { Immediate } from '../../syntax/module.ts';
import type { FuncType } from '../../syntax/types.ts';
import type { Operand } from './body.ts';
import { exactly, placesAt, TRAPS, WRITES } from './body.ts';
import type { Compilation } from './compilation.ts';
import { renewViews } from './memory.ts';
import { addressNumber } from './memory.ts';
import { kindOf } from './parts.ts';

/**
 * Calls go through cells: one for each function, whose `f` is its code as soon as there is any. The first argument is the caller's place in
 * the stack (`stack.ts`).
 */

export function compileCall(z: Compilation, f: number, tail = false): void {
  const { type } = known(z.module.funcs[f], 'function');
  if (tail && f === z.index) return compileAgain(z, type);
  compileCallOf(z, z.body.slot({ kind: 'cell', index: f }), type, tail);
}

export function compileCallIndirect(z: Compilation, imm: Immediate, tail = false): void {
  assert(imm.kind === 'index-pair', 'call_indirect has a table and a type');
  const { body } = z;
  const index = body.pop();
  body.before(TRAPS | WRITES);
  const table = body.slot({ kind: 'table', index: imm.x });
  const type = body.slot({ kind: 'type', index: imm.y });
  const cell = body.variable('o');
  const cells = body.slot({ kind: 'referred' });
  const called = `${body.use('callee')}(${body.slot({ kind: 'instance' })},${table}`;
  if (index.kind === 'int') {
    const place = body.variable('x');
    body.emit(
      `${place}=${index.parts[0]};${cell}=${cells}[${table}.cells[${place}]];if(${cell}===undefined||${cell}.type!==${type})${cell}=${called},${place}>>>0,${imm.y});`,
    );
  } else body.emit(`${cell}=${called},${addressNumber(index)},${imm.y});`);
  compileCallOf(z, cell, functionType(z, imm.y), tail);
}

export function compileCallRef(z: Compilation, t: number, tail = false): void {
  const { body } = z;
  const reference = body.pop();
  body.before(TRAPS | WRITES);
  const cell = body.variable('o');
  const place = body.variable('x');
  const cells = body.slot({ kind: 'referred' });
  body.emit(
    `${place}=${reference.parts[0]};${cell}=${cells}[${place}];if(${cell}===undefined)${cell}=${body.use('referredCell')}(${body.slot({ kind: 'instance' })},${place});`,
  );
  compileCallOf(z, cell, functionType(z, t), tail);
}

function functionType({ module }: Compilation, t: number): FuncType {
  const { comp } = known(module.types[t], 'type');
  assert(comp.kind === 'func', 'a called type is a function type');
  return comp;
}

/** The arguments are evaluated in the call itself. */
function compileCallOf(z: Compilation, cell: string, { params, results }: FuncType, tail: boolean): void {
  const { body } = z;
  const args: Operand[] = [];
  for (let i = 0; i < params.length; i++) args.unshift(body.pop());
  body.before(WRITES | TRAPS);
  const parts = args.flatMap((operand) => (operand.kind === 'long' ? operand.parts : [exactly(body, operand)]));
  if (tail) {
    z.tails = true;
    body.emit(`return ${body.use('tail')}(${[cell, ...parts].join(',')});`);
    return;
  }
  z.calls = true;
  const call = `${cell}.f(${['d', ...parts].join(',')})`;
  const kinds = results.map(kindOf);
  const height = body.height;
  // All places before any is assigned: arguments may be in them, but nothing else may.
  for (const [i, kind] of kinds.entries())
    for (const place of placesAt(height + i, kind)) body.release(body.variable(place));
  let place = 0;
  let line = '';
  for (const [i, kind] of kinds.entries()) {
    for (const name of placesAt(height + i, kind)) {
      const array = kind === 'int' || kind === 'long' ? 'INTS' : 'DOUBLES';
      line += place === 0 ? `${name}=${call};` : `${name}=${body.use(array)}[${place}];`;
      place++;
    }
    body.pushPlaces(kind);
  }
  body.emit(place === 0 ? `${call};` : line);
  renewViews(z);
}

/** A tail call of the function itself: its body again, with other parameters and fresh locals. */
function compileAgain(z: Compilation, { params }: FuncType): void {
  const { body } = z;
  body.settle(params.length);
  z.again = true;
  const args = body.stack.slice(body.height - params.length);
  const zeroes = z.locals.slice(params.length).flatMap(({ names }) => names.map((name) => `${name}=0;`));
  for (const [i, operand] of args.entries()) body.assign(known(z.locals[i], 'parameter').names, operand);
  body.emit(`${zeroes.join('')}continue ${AGAIN};`);
}

/** The label of a function's body. */
export const AGAIN = 'L0';
