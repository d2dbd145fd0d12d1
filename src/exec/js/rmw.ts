import { known } from '../../base/assert.ts';
import type { Meaning } from '../../syntax/instructions.ts';
import { TRAPS, WRITES } from './body.ts';
import type { Compilation } from './compilation.ts';
import type { Place } from './memory.ts';
import { alignedPlace, readInt, viewOf, writeInt } from './memory.ts';

type Update = Extract<Meaning, { kind: 'rmw' | 'cmpxchg' }>;

const OPERATORS: Readonly<Record<string, string>> = { add: '+', sub: '-', and: '&', or: '|', xor: '^' };

/** Atomic read-modify-writes of a thread that runs alone: a read and a write. */
export function compileRmw(z: Compilation, place: Place, update: Update): void {
  const { body } = z;
  const view = viewOf(z, place.memory);
  const { bytes, type } = update;
  const operands = update.kind === 'rmw' ? 1 : 2;
  for (let depth = operands - 1; depth >= 0; depth--) body.simplify(depth);
  const last = body.pop();
  const expected = update.kind === 'cmpxchg' ? body.pop() : null;
  const address = body.pop();
  body.result(type === 'i64' ? 'long' : 'int', TRAPS | WRITES, (low = '', high = '') => {
    const at = alignedPlace(z, address, place, bytes);
    const [vl = '', vh = ''] = last.parts;
    if (bytes === 8) {
      const y = body.variable('y');
      const w = body.variable('w');
      body.emit(`${y}=${readInt(view, at, 4, true)};${w}=${readInt(view, `${at}+4`, 4, true)};`);
      if (update.kind === 'cmpxchg') {
        const [el = '', eh = ''] = known(expected, 'expected').parts;
        body.emit(`if(${y}===${el}&&${w}===${eh}){${writeInt(view, `${at}+4`, 4, vh)}${writeInt(view, at, 4, vl)}}`);
      } else body.emit(updateLong(view, at, update.op, y, w, vl, vh, body.variable('v')));
      body.emit(`${low}=${y};${high}=${w};`);
      return;
    }
    const y = body.variable('y');
    body.emit(`${y}=${readInt(view, at, bytes, false)};`);
    if (update.kind === 'cmpxchg') {
      const [el = ''] = known(expected, 'expected').parts;
      const narrowed = bytes === 4 ? el : `(${el}&${bytes === 1 ? 255 : 65535})`;
      body.emit(`if(${y}===${narrowed})${writeInt(view, at, bytes, vl)}`);
    } else body.emit(writeInt(view, at, bytes, updated(update.op, y, vl)));
    body.emit(`${low}=${y};${type === 'i64' ? `${high}=0;` : ''}`);
  });
}

function updated(op: string, old: string, operand: string): string {
  const operator = OPERATORS[op];
  return operator === undefined ? operand : `${old}${operator}${operand}`;
}

function updateLong(
  view: string,
  at: string,
  op: string,
  low: string,
  high: string,
  vl: string,
  vh: string,
  scratch: string,
): string {
  if (op === 'add' || op === 'sub') {
    const carry = op === 'add' ? `(${scratch}>>>0)<(${low}>>>0)?1:0` : `(${low}>>>0)<(${vl}>>>0)?-1:0`;
    const sum = `${scratch}=${updated(op, low, vl)}|0;`;
    return `${sum}${writeInt(view, `${at}+4`, 4, `${updated(op, high, vh)}+(${carry})`)}${writeInt(view, at, 4, scratch)}`;
  }
  return `${writeInt(view, `${at}+4`, 4, updated(op, high, vh))}${writeInt(view, at, 4, updated(op, low, vl))}`;
}
