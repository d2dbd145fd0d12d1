import { assertNever } from '../base/assert.ts';
import type { Value } from '../syntax/values.ts';
import type { CallStart, ThreadLocals } from './executor.ts';
import type { FuncInst } from './instance.ts';

/** The start of a call; both executors and the script machine make theirs here, so that equal calls have equal keys. */
export function callStart(func: FuncInst, args: readonly Value[], locals: ThreadLocals): CallStart {
  const own = [...locals].toSorted(([a], [b]) => a - b).map(([addr, value]) => `${addr}=${valueKey(value)}`);
  return { kind: 'call', key: `${func.key}(${args.map(valueKey).join(',')})[${own.join(',')}]`, func, args, locals };
}

/** Equal for equal values, bit by bit. */
export function valueKey(value: Value): string {
  switch (value.type) {
    case 'i32':
    case 'i64':
      return `${value.type} ${value.value}`;
    case 'f32':
    case 'f64':
    case 'v128':
      return `${value.type} bits ${value.bits}`;
    case 'ref':
      return `ref ${value.id}`;
    default:
      return assertNever(value);
  }
}
