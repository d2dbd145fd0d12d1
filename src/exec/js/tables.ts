import { Bug, known } from '../../base/assert.ts';
import type { PlainInstr } from '../../syntax/module.ts';
import { compose, READS, TRAPS, WRITES } from './body.ts';
import type { Compilation } from './compilation.ts';
import { indicesOf } from './compilation.ts';
import { addressNumber } from './memory.ts';
import { popThree } from './memory-bulk.ts';

/** Tables, by functions of `bulk.ts` on their slots. */
export function compileTable(z: Compilation, { op, imm }: PlainInstr): void {
  const { body } = z;
  const [x, y] = indicesOf(imm);
  const table = (index: number): string => body.slot({ kind: 'table', index });
  switch (op) {
    case 'table.get': {
      const index = body.pop();
      const call = `${body.use('getSlot')}(${table(x)},${addressNumber(index)})`;
      return body.push(compose('int', [call], [index], { effects: READS | TRAPS }));
    }
    case 'table.set': {
      const value = body.pop();
      const index = body.pop();
      body.before(WRITES | TRAPS);
      return body.emit(`${body.use('setSlot')}(${table(x)},${addressNumber(index)},${value.parts[0]});`);
    }
    case 'table.size': {
      const size = `${table(x)}.lengths[0]`;
      return pushSize(z, x, READS, size);
    }
    case 'table.grow': {
      const delta = body.pop();
      const value = body.pop();
      const call = `${body.use('growTable')}(${table(x)},${value.parts[0]},${addressNumber(delta)})`;
      return pushSize(z, x, WRITES | TRAPS, call);
    }
    case 'table.fill': {
      const [to, value, size] = popThree(z);
      return body.emit(
        `${body.use('fillTable')}(${table(x)},${addressNumber(to)},${value.parts[0]},${addressNumber(size)});`,
      );
    }
    case 'table.copy': {
      const [to, from, size] = popThree(z);
      return body.emit(
        `${body.use('copyTable')}(${table(x)},${table(y)},${addressNumber(to)},${addressNumber(from)},${addressNumber(size)});`,
      );
    }
    case 'table.init': {
      const [to, from, size] = popThree(z);
      const segment = body.slot({ kind: 'elem', index: y });
      return body.emit(
        `${body.use('initTable')}(${table(x)},${segment},${addressNumber(to)},${addressNumber(from)},${addressNumber(size)});`,
      );
    }
    case 'elem.drop':
      body.before(WRITES);
      return body.emit(`${body.use('drop')}(${body.slot({ kind: 'elem', index: x })});`);
    default:
      throw new Bug(op);
  }
}

/** A number of slots, or -1, as the table's address type has it. */
function pushSize({ module, body }: Compilation, index: number, effects: number, size: string): void {
  if (known(module.tables[index], 'table').type.addr === 'i32')
    return body.result('int', effects, (low) => body.emit(`${low}=${size}|0;`));
  body.result('long', effects, (low, high) => body.emit(`${low}=${size}|0;${high}=${low}>>31;`));
}
