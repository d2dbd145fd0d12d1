import { assert, known } from '../../base/assert.ts';
import type { Immediate } from '../../syntax/module.ts';
import type { MemType } from '../../syntax/types.ts';
import type { Operand } from './body.ts';
import { compose, exactly, READS, TRAPS, WRITES } from './body.ts';
import type { Compilation } from './compilation.ts';
import { unsigned } from './expressions.ts';

/**
 * Accesses of memories through `DataView`s, whose own bounds check is the instruction's: its `RangeError` becomes the trap where the call
 * began. No memory is longer than 2 GiB, so that a negative int is out of bounds as the unsigned number that it stands for.
 */

/** A memory's view, in a variable that is renewed wherever the memory may have grown. */
export function viewOf(z: Compilation, index: number): string {
  z.views.add(index);
  return `m${index}`;
}

/** Statements that renew the views, after what may have made a memory grow. */
export function renewViews(z: Compilation): void {
  z.renewals.push(z.body.lines.length);
  z.body.emit('');
}

export function memoryType(z: Compilation, index: number): MemType {
  return known(z.module.memories[index], 'memory').type;
}

/** A 64-bit or 32-bit address or size as an unsigned number's expression. */
export function addressNumber(operand: Operand): string {
  const [low = '', high] = operand.parts;
  if (high === undefined) return unsigned(low);
  return high === '0' ? unsigned(low) : `((${high}>>>0)*4294967296+${unsigned(low)})`;
}

/** An access's place as an offset into the view, from the address operand and the immediate offset. */
function placeOf(operand: Operand, offset: bigint): string {
  const [part = '', high] = operand.parts;
  if (high === undefined && offset === 0n) return part;
  const number = addressNumber(operand);
  if (offset === 0n) return number;
  return /^\d+$/.test(number) ? String(Number(number) + Number(offset)) : `${number}+${offset}`;
}

/** The same, as a number of its own. */
export function placeNumber(operand: Operand, offset: bigint): string {
  return offset === 0n ? addressNumber(operand) : placeOf(operand, offset);
}

export interface Place {
  readonly memory: number;
  readonly offset: bigint;
}

export function memargOf(imm: Immediate): Place {
  assert(imm.kind === 'memarg' || imm.kind === 'atomic-memarg', 'an access has a memarg');
  return imm.memarg;
}

type Bytes = 1 | 2 | 4 | 8;

/** Reading an integer of at most four bytes as an int. */
export function readInt(view: string, at: string, bytes: Bytes, signed: boolean): string {
  if (bytes === 1) return `${view}.get${signed ? 'Int8' : 'Uint8'}(${at})`;
  return bytes === 2 ? `${view}.get${signed ? 'Int16' : 'Uint16'}(${at},true)` : `${view}.getInt32(${at},true)`;
}

export function writeInt(view: string, at: string, bytes: Bytes, value: string): string {
  if (bytes === 1) return `${view}.setInt8(${at},${value});`;
  return `${view}.set${bytes === 2 ? 'Int16' : 'Int32'}(${at},${value},true);`;
}

export function compileLoad(z: Compilation, place: Place, type: string, bytes: Bytes, signed: boolean): void {
  const { body } = z;
  const view = viewOf(z, place.memory);
  if (type === 'i64') {
    body.simplify(0);
    const address = body.pop();
    const at = placeOf(address, place.offset);
    return body.result('long', TRAPS, (low, high) => {
      if (bytes === 8) {
        const x = body.variable('x');
        body.emit(`${x}=${readInt(view, at, 4, true)};${high}=${readInt(view, plus(at, 4), 4, true)};${low}=${x};`);
      } else {
        body.emit(`${low}=${readInt(view, at, bytes, signed)};${high}=${extension(low, bytes, signed)};`);
      }
    });
  }
  if (type === 'f32') {
    body.simplify(0);
    const at = placeOf(body.pop(), place.offset);
    const u = body.variable('u');
    return body.result('single', TRAPS, (single) =>
      body.emit(
        `${u}=${view}.getFloat32(${at},true);${single}=${u}===${u}?${u}:${body.use('carriedSingle')}(${view}.getInt32(${at},true));`,
      ),
    );
  }
  const address = body.pop();
  const at = placeOf(address, place.offset);
  const effects = READS | TRAPS;
  if (type === 'f64') body.push(compose('double', [`${view}.getFloat64(${at},true)`], [address], { effects }));
  else body.push(compose('int', [readInt(view, at, bytes, signed)], [address], { effects }));
}

/** The high half of a number whose low half is at `low`. */
export function extension(low: string, bytes: Bytes, signed: boolean): string {
  return bytes === 4 && !signed ? '0' : signed ? `${low}>>31` : '0';
}

export function plus(at: string, n: number): string {
  return /^\d+$/.test(at) ? String(Number(at) + n) : /^(?:\w+|\(-\d+\))$/.test(at) ? `(${at}>>>0)+${n}` : `${at}+${n}`;
}

export function compileStore(z: Compilation, place: Place, type: string, bytes: Bytes): void {
  const { body } = z;
  const view = viewOf(z, place.memory);
  if (type === 'i64' || type === 'f32') body.simplify(1);
  const value = body.pop();
  if (type === 'i64' || type === 'f32') {
    const at = placeOf(body.pop(), place.offset);
    body.before(WRITES | TRAPS);
    const [low = '', high = ''] = value.parts;
    if (type === 'f32') {
      const u = body.variable('u');
      body.emit(
        `${u}=${low};if(${u}===${u})${view}.setFloat32(${at},${u},true);else ${view}.setInt32(${at},${body.use('singleBits')}(${u}),true);`,
      );
      // The high half first: it is in bounds only if both are.
    } else if (bytes === 8) body.emit(`${writeInt(view, plus(at, 4), 4, high)}${writeInt(view, at, 4, low)}`);
    else body.emit(writeInt(view, at, bytes, low));
    return;
  }
  const address = body.pop();
  body.before(WRITES | TRAPS);
  const at = placeOf(address, place.offset);
  if (type === 'f64') body.emit(`${view}.setFloat64(${at},${exactly(body, value)},true);`);
  else body.emit(writeInt(view, at, bytes, known(value.parts[0], 'value')));
}

/** Puts an atomic access's place in the variable `x`, and traps unless it is aligned. */
export function alignedPlace(z: Compilation, address: Operand, place: Place, bytes: Bytes): string {
  const { body } = z;
  const at = body.variable('x');
  body.emit(`${at}=${placeOf(address, place.offset)};`);
  if (bytes > 1) body.emit(`if(${at}&${bytes - 1})${body.use('trap')}("unaligned atomic");`);
  return at;
}

export function compileAtomicLoad(z: Compilation, place: Place, long: boolean, bytes: Bytes): void {
  const { body } = z;
  const view = viewOf(z, place.memory);
  const address = body.pop();
  body.result(long ? 'long' : 'int', TRAPS, (low = '', high = '') => {
    const at = alignedPlace(z, address, place, bytes);
    if (bytes === 8) body.emit(`${low}=${view}.getInt32(${at},true);${high}=${view}.getInt32(${at}+4,true);`);
    else body.emit(`${low}=${readInt(view, at, bytes, false)};${long ? `${high}=0;` : ''}`);
  });
}

export function compileAtomicStore(z: Compilation, place: Place, long: boolean, bytes: Bytes): void {
  const { body } = z;
  const view = viewOf(z, place.memory);
  // The value may read what the place is kept in.
  body.simplify(0);
  const value = body.pop();
  const address = body.pop();
  body.before(WRITES | TRAPS);
  const at = alignedPlace(z, address, place, bytes);
  const [low = '', high = ''] = value.parts;
  if (long && bytes === 8) body.emit(`${view}.setInt32(${at}+4,${high},true);${view}.setInt32(${at},${low},true);`);
  else body.emit(writeInt(view, at, bytes, low));
}
