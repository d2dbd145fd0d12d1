import { Bug } from '../../base/assert.ts';
import type { PlainInstr } from '../../syntax/module.ts';
import type { Operand } from './body.ts';
import { compose, READS, TRAPS, WRITES } from './body.ts';
import type { Compilation } from './compilation.ts';
import { indicesOf } from './compilation.ts';
import { addressNumber, memoryType, renewViews, viewOf } from './memory.ts';
import { isShared } from './workers.ts';

/** Another worker may have made the memory grow. */
function compileSharedSize(z: Compilation, memory: number): void {
  const { body } = z;
  const size = `${body.use('sizeMemory')}(${body.slot({ kind: 'instance' })},${memory})`;
  if (memoryType(z, memory).addr === 'i32') body.result('int', WRITES, (low) => body.emit(`${low}=${size};`));
  else body.result('long', WRITES, (low, high) => body.emit(`${low}=${size};${high}=0;`));
  renewViews(z);
}

/** Before an instruction on a run of bytes: the memory as long as it is now. */
function renewBytes(z: Compilation, memory: number): void {
  const { body } = z;
  if (isShared(z, memory)) body.emit(`${body.use('sizeMemory')}(${body.slot({ kind: 'instance' })},${memory});`);
}

/** memory.size, memory.grow, memory.fill, memory.copy, memory.init, data.drop. */
export function compileBulk(z: Compilation, { op, imm }: PlainInstr): void {
  const { body } = z;
  const [x, y] = indicesOf(imm);
  const memory = (index: number): string => body.slot({ kind: 'memory', index });
  switch (op) {
    case 'memory.size': {
      if (isShared(z, x)) return compileSharedSize(z, x);
      const size = compose('int', [`(${viewOf(z, x)}.byteLength>>>16)`], [], { effects: READS });
      if (memoryType(z, x).addr === 'i32') return body.push(size);
      return body.result('long', 0, (low, high) => body.emit(`${low}=${size.parts[0]};${high}=0;`));
    }
    case 'memory.grow': {
      const delta = body.pop();
      const long = memoryType(z, x).addr === 'i64';
      const call = `${body.use('growMemory')}(${body.slot({ kind: 'instance' })},${x},${addressNumber(delta)})`;
      body.result(long ? 'long' : 'int', WRITES | TRAPS, (low, high) =>
        body.emit(long ? `${low}=${call};${high}=${low}>>31;` : `${low}=${call};`),
      );
      return renewViews(z);
    }
    case 'memory.fill': {
      const [to, value, size] = popThree(z);
      renewBytes(z, x);
      return body.emit(
        `${body.use('fillMemory')}(${memory(x)},${addressNumber(to)},${value.parts[0]},${addressNumber(size)});`,
      );
    }
    case 'memory.copy': {
      const [to, from, size] = popThree(z);
      renewBytes(z, x);
      renewBytes(z, y);
      return body.emit(
        `${body.use('copyMemory')}(${memory(x)},${memory(y)},${addressNumber(to)},${addressNumber(from)},${addressNumber(size)});`,
      );
    }
    case 'memory.init': {
      const [to, from, size] = popThree(z);
      renewBytes(z, x);
      const segment = body.slot({ kind: 'data', index: y });
      return body.emit(
        `${body.use('initMemory')}(${memory(x)},${segment},${addressNumber(to)},${addressNumber(from)},${addressNumber(size)});`,
      );
    }
    case 'data.drop':
      body.before(WRITES);
      return body.emit(`${body.use('drop')}(${body.slot({ kind: 'data', index: x })});`);
    default:
      throw new Bug(op);
  }
}

export function popThree({ body }: Compilation): readonly [Operand, Operand, Operand] {
  const third = body.pop();
  const second = body.pop();
  const first = body.pop();
  body.before(WRITES | TRAPS);
  return [first, second, third];
}
