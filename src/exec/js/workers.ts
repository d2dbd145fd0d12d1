import { Bug, known } from '../../base/assert.ts';
import type { InstructionRow, Meaning } from '../../syntax/instructions.ts';
import type { PlainInstr } from '../../syntax/module.ts';
import type { Operand } from './body.ts';
import { exactly, TRAPS, WRITES } from './body.ts';
import type { Compilation } from './compilation.ts';
import type { Place } from './memory.ts';
import { extension, memargOf, memoryType, placeNumber, readInt, viewOf, writeInt } from './memory.ts';

/**
 * Accesses of memories that other workers use meanwhile: ordinary ones by the view, where they stand; atomic ones by Atomics. What is out of
 * bounds of the view may be in bounds of a memory that another worker has grown.
 */

type Access = Extract<Meaning, { readonly kind: 'load' | 'store' | 'rmw' | 'cmpxchg' }>;

export function isShared(z: Compilation, memory: number): boolean {
  return z.workers && memoryType(z, memory).share === 'shared';
}

/** Compiles an access of a memory of which {@link isShared} holds. */
export function compileShared(z: Compilation, { imm }: PlainInstr, { meaning }: InstructionRow): void {
  const place = memargOf(imm);
  switch (meaning.kind) {
    case 'load':
      return compileLoad(z, place, meaning);
    case 'store':
      return compileStore(z, place, meaning);
    case 'rmw':
    case 'cmpxchg':
      return compileUpdate(z, place, meaning);
    default:
      throw new Bug(`${meaning.kind} is no access`);
  }
}

/** Puts the place in the variable `x`; traps if it is out of bounds, or not aligned though it must be. */
function checkedPlace(z: Compilation, address: Operand, place: Place, bytes: number, atomic: boolean): string {
  const { body } = z;
  const { memory } = place;
  const view = viewOf(z, memory);
  const x = body.variable('x');
  const self = body.slot({ kind: 'instance' });
  body.emit(`${x}=${placeNumber(address, place.offset)};`);
  if (atomic && bytes > 1) body.emit(`if(${x}&${bytes - 1})${body.use('trap')}("unaligned atomic");`);
  body.emit(`if(${x}+${bytes}>${view}.byteLength)${view}=${body.use('freshView')}(${self},${memory},${x}+${bytes});`);
  return x;
}

/** The array that an atomic access uses, and the place in it. */
function cellOf(z: Compilation, memory: number, bytes: number, x: string): string {
  const name = z.body.slot({ kind: 'memory', index: memory });
  switch (bytes) {
    case 1:
      return `${name}.bytes,${x}`;
    case 2:
      return `${name}.halves,${x}>>>1`;
    case 4:
      return `${name}.words,${x}>>>2`;
    default:
      return `${name}.longs,${x}>>>3`;
  }
}

/** Assigns what an atomic access read. */
function assignRead(z: Compilation, bytes: number, value: string, places: readonly string[]): void {
  const { body } = z;
  const [low = '', high] = places;
  if (bytes === 8) body.emit(`${low}=${body.use('splitLong')}(${value});${high}=${body.use('INTS')}[1];`);
  else body.emit(`${low}=${bytes === 2 ? `${value}&65535` : value};${high === undefined ? '' : `${high}=0;`}`);
}

function kindFor(type: string): 'int' | 'long' | 'single' | 'double' {
  if (type === 'i64') return 'long';
  return type === 'i32' ? 'int' : type === 'f32' ? 'single' : 'double';
}

function compileLoad(z: Compilation, place: Place, meaning: Extract<Access, { kind: 'load' }>): void {
  const { body } = z;
  const { type, bytes, signed, atomic } = meaning;
  const address = body.pop();
  body.result(kindFor(type), TRAPS | WRITES, (...places) => {
    const x = checkedPlace(z, address, place, bytes, atomic);
    const view = viewOf(z, place.memory);
    const [low = '', high = ''] = places;
    if (atomic) assignRead(z, bytes, `Atomics.load(${cellOf(z, place.memory, bytes, x)})`, places);
    else if (type === 'f64') body.emit(`${low}=${view}.getFloat64(${x},true);`);
    else if (type === 'f32') body.emit(`${low}=${body.use('carriedSingle')}(${view}.getInt32(${x},true));`);
    else if (bytes === 8) body.emit(`${low}=${view}.getInt32(${x},true);${high}=${view}.getInt32(${x}+4,true);`);
    else {
      body.emit(`${low}=${readInt(view, x, bytes, signed)};`);
      if (type === 'i64') body.emit(`${high}=${extension(low, bytes, signed)};`);
    }
  });
}

function compileStore(z: Compilation, place: Place, meaning: Extract<Access, { kind: 'store' }>): void {
  const { body } = z;
  const { type, bytes, atomic } = meaning;
  if (known(body.stack.at(-1), 'operand').effects !== 0) body.simplify(0);
  const value = body.pop();
  const address = body.pop();
  body.before(TRAPS | WRITES);
  const x = checkedPlace(z, address, place, bytes, atomic);
  const view = viewOf(z, place.memory);
  const [low = '', high = ''] = value.parts;
  if (atomic) body.emit(`Atomics.store(${cellOf(z, place.memory, bytes, x)},${longOr(z, bytes, value)});`);
  else if (type === 'f64') body.emit(`${view}.setFloat64(${x},${exactly(body, value)},true);`);
  else if (type === 'f32') body.emit(`${view}.setInt32(${x},${body.use('singleBits')}(${low}),true);`);
  else if (bytes === 8) body.emit(`${view}.setInt32(${x},${low},true);${view}.setInt32(${x}+4,${high},true);`);
  else body.emit(writeInt(view, x, bytes, low));
}

/** An operand as Atomics take it: 64 bits as a bigint. */
function longOr({ body }: Compilation, bytes: number, { parts }: Operand): string {
  return bytes === 8 ? `${body.use('joinLong')}(${parts.join(',')})` : known(parts[0], 'operand');
}

const FUNCTIONS: Readonly<Record<string, string>> = { xchg: 'exchange' };

function compileUpdate(z: Compilation, place: Place, meaning: Extract<Access, { kind: 'rmw' | 'cmpxchg' }>): void {
  const { body } = z;
  const { bytes, type } = meaning;
  const count = meaning.kind === 'rmw' ? 1 : 2;
  for (let depth = count - 1; depth >= 0; depth--) body.simplify(depth);
  const operands = Array.from({ length: count }, () => body.pop()).reverse();
  const address = body.pop();
  body.result(kindFor(type), TRAPS | WRITES, (...places) => {
    const x = checkedPlace(z, address, place, bytes, true);
    const name = meaning.kind === 'rmw' ? (FUNCTIONS[meaning.op] ?? meaning.op) : 'compareExchange';
    const args = operands.map((operand) => longOr(z, bytes, operand));
    assignRead(z, bytes, `Atomics.${name}(${[cellOf(z, place.memory, bytes, x), ...args].join(',')})`, places);
  });
}
