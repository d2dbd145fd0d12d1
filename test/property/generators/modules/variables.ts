import type { ValType } from '../../../../src/syntax/types.ts';
import type { Body, Inst } from './body.ts';
import { index, where } from './environment.ts';
import { someValType } from './value-types.ts';

/** Instances of instructions on locals, globals and any value. */

export function variableInstance(b: Body, op: string): Inst | null {
  const { env } = b;
  const { c } = env;
  const some = (): ValType => someValType(env, { shared: b.shared, known: env.types.length });
  switch (op) {
    case 'drop': {
      return { op, imm: { kind: 'none' }, params: [topType(b) ?? some()], results: [] };
    }
    case 'select': {
      const t = some();
      const typed = typeof t !== 'string' || c.chance(1, 2);
      return { op, imm: { kind: 'result-types', types: typed ? [t] : null }, params: [t, t, 'i32'], results: [t] };
    }
    case 'local.get': {
      const x = c.maybe(where(b.locals, (_, i) => b.isSet[i] === true));
      return x === null ? null : { op, imm: index(x), params: [], results: [b.locals[x] as ValType] };
    }
    case 'local.set':
    case 'local.tee': {
      const x = c.maybe(where(b.locals, () => true));
      if (x === null) return null;
      const t = b.locals[x] as ValType;
      return { op, imm: index(x), params: [t], results: op === 'local.tee' ? [t] : [], sets: x };
    }
    case 'global.get':
    case 'global.set': {
      const set = op === 'global.set';
      const x = c.maybe(where(env.globals, (gt) => (!set || gt.mutable) && (!b.shared || gt.share !== 'unshared')));
      if (x === null) return null;
      const t = env.globals[x]?.content as ValType;
      return { op, imm: index(x), params: set ? [t] : [], results: set ? [] : [t] };
    }
    default:
      return null;
  }
}

function topType({ ops }: Body): ValType | null {
  const top = ops.at(-1);
  if (top === undefined || top === 'bot' || top === 'botref') return null;
  return typeof top === 'object' && top.kind === 'botshare' ? null : top;
}
