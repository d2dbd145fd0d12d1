import { assert } from '../../../base/assert.ts';
import type { Request, Site } from '../../../event/request.ts';
import { unitAt } from '../../../event/units.ts';
import type { ValType } from '../../../syntax/types.ts';
import type { Value } from '../../../syntax/values.ts';
import { matchDefType } from '../../../valid/match.ts';
import type { ThreadLocals } from '../../executor.ts';
import { callStart } from '../../call-start.ts';
import { ENTRY, ENTRY_REF, spawnRef } from '../../thread-builtins.ts';
import type { FuncInst } from '../../instance.ts';
import type { Compartment } from '../compartment.ts';
import type { Func } from '../func.ts';
import { perform } from '../store-access.ts';
import type { Table } from '../table.ts';
import { asking, fork, i32, threadIn, trap } from './fork.ts';

/**
 * The component model's thread built-ins, which are shared functions [component-model, Canonical ABI, `canon thread.spawn-ref` and following;
 * shared-everything-threads overview, Thread Management Builtins]. Entry points are of type [i32] -> []; the result is the new thread's
 * index, over 0. Threads end on their own: nobody joins them.
 */
export interface ComponentThreads {
  /** (shared (func (param (ref null $entry) i32) (result i32))); null traps. */
  readonly spawn_ref: Func;
  /** (shared (func (param i32 i32) (result i32))): the entry point's place in the table, i64 if the table is of 64 bits. */
  readonly spawn_indirect?: Func;
  /** (shared (func (result i32))). */
  readonly available_parallelism: Func;
}

export interface ComponentThreadOptions {
  /** Of shared functions, for `spawn_indirect`. */
  readonly table?: Table;
  /** How many threads may run in parallel; 1 unless given, since a schedule runs one at a time. */
  readonly parallelism?: number;
}

export function componentThreads(home: Compartment, options: ComponentThreadOptions = {}): ComponentThreads {
  const { table, parallelism = 1 } = options;
  const shared = (params: readonly ValType[]) => ({ params, results: ['i32'], shared: true }) as const;
  const spawn_ref = home.askFunc('thread.spawn_ref', shared([ENTRY_REF, 'i32']), spawnRef(home.refs));
  const available_parallelism = home.exactHostFunc('thread.available_parallelism', shared([]), () => [
    i32(parallelism),
  ]);
  if (table === undefined) return { spawn_ref, available_parallelism };
  return { spawn_ref, spawn_indirect: spawnIndirect(home, table), available_parallelism };
}

function spawnIndirect(home: Compartment, { inst, type: { addr } }: Table): Func {
  return home.askFunc(
    'thread.spawn_indirect',
    { params: [addr, 'i32'], results: ['i32'], shared: true },
    {
      request([at, argument], locals, site) {
        assert(
          (at?.type === 'i32' || at?.type === 'i64') && argument !== undefined,
          'spawn_indirect has two arguments',
        );
        const index = at.type === 'i32' ? at.value >>> 0 : Number(BigInt.asUintN(64, at.value));
        const units = perform(
          asking().store,
          { length: inst.length, unit: 1, end: index + 1 },
          { kind: 'rd', region: inst.elem, offset: index, size: 1, order: 'seqcst', tearFree: true },
        );
        if (units === null) return trap('undefined element', site);
        const id = unitAt(units, 0);
        if (id === 0) return trap('uninitialized element', site);
        const found = home.refs.get(id);
        if (found.kind !== 'func' || !matchDefType(found.func.closed, ENTRY))
          return trap('indirect call type mismatch', site);
        return spawn(found.func, argument, locals, site);
      },
      results: (_, answer) => [i32(threadIn(answer))],
    },
  );
}

function spawn(func: FuncInst, argument: Value, locals: ThreadLocals, site: Site): Request {
  return fork(callStart(func, [argument], locals), site);
}
