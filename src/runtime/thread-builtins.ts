import { assert } from '../base/assert.ts';
import type { Response } from '../event/request.ts';
import { plainType } from '../syntax/types.ts';
import type { RefType, ValType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { NULL } from '../syntax/values.ts';
import type { DefType } from '../valid/type-ids.ts';
import { closedType, soleType } from '../valid/type-ids.ts';
import type { ExternType } from '../valid/types.ts';
import { callStart } from './call-start.ts';
import type { ExternVal, HostAsk, HostFuncInst } from './instance.ts';
import type { Refs } from './references.ts';

/**
 * The component model's thread built-ins that need no table [component-model, Canonical ABI, `canon thread.spawn-ref`; shared-everything-threads
 * overview, Thread Management Builtins]. A script imports them from the module `thread`. Entry points are of type [i32] -> [].
 */

/** (shared (func (param i32))) */
export const ENTRY = soleType(plainType({ kind: 'func', params: ['i32'], results: [] }, 'shared'));
export const ENTRY_REF: RefType = { kind: 'ref', nullable: true, heap: { kind: 'index', type: ENTRY.id } };

const SPAWN_REF = typeOf([ENTRY_REF, 'i32']);
const AVAILABLE_PARALLELISM = typeOf([]);

/** What the module `thread` exports, by type. */
export const THREAD_TYPES: ReadonlyMap<string, ExternType> = new Map([
  ['spawn_ref', { kind: 'func', type: SPAWN_REF }],
  ['available_parallelism', { kind: 'func', type: AVAILABLE_PARALLELISM }],
]);

function typeOf(params: readonly ValType[]): DefType {
  return closedType(plainType({ kind: 'func', params, results: ['i32'] }, 'shared'));
}

/** What spawn_ref asks: a fork that calls the function with the argument. Null traps. The result is the new thread's index, over 0. */
export function spawnRef(refs: Refs): HostAsk {
  return {
    request([entry, argument], locals, site) {
      assert(entry?.type === 'ref' && argument !== undefined, 'spawn_ref has two arguments');
      if (entry.id === NULL.id) return { kind: 'trap', reason: 'null function reference', site };
      const found = refs.get(entry.id);
      assert(found.kind === 'func', 'an entry point is a function');
      return { kind: 'fork', start: callStart(found.func, [argument], locals), name: null, site };
    },
    results: (_, answer) => [threadIndex(answer)],
  };
}

function threadIndex(answer: Response): Value {
  assert(answer.kind === 'forked', 'a fork is answered by its thread');
  return { type: 'i32', value: answer.thread };
}

/** The functions of the module `thread` in a script; threads run in parallel as far as anyone can tell. */
export function threadModule(refs: Refs): ReadonlyMap<string, ExternVal> {
  const spawn = { ...host('spawn_ref', SPAWN_REF), asks: spawnRef(refs) };
  const parallelism = { ...host('available_parallelism', AVAILABLE_PARALLELISM), call: () => [PARALLELISM] };
  return new Map([spawn, parallelism].map((func) => [func.name, { kind: 'func', func }]));
}

const PARALLELISM: Value = { type: 'i32', value: 2 };

function host(name: string, closed: DefType): HostFuncInst {
  const type = closed.comp;
  assert(type.kind === 'func', 'a function has a function type');
  return { kind: 'host', key: `thread.${name}`, share: closed.share, type, closed, name, call: () => [] };
}
