import { known } from '../../src/base/assert.ts';
import type { WriteAction } from '../../src/event/action.ts';
import type { Addr, ThreadId } from '../../src/event/location.ts';
import { addrOf, MAIN } from '../../src/event/location.ts';
import type { Request } from '../../src/event/request.ts';
import type { ExternVal, HostAsk, HostFuncInst, TagInst } from '../../src/runtime/instance.ts';
import { HostException, HostTrap } from '../../src/runtime/instance.ts';
import { Refs } from '../../src/runtime/references.ts';
import type { Making } from '../../src/runtime/wanted.ts';
import { makeWanted } from '../../src/runtime/wanted.ts';
import type { Module } from '../../src/syntax/module.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { ValType } from '../../src/syntax/types.ts';
import type { Value } from '../../src/syntax/values.ts';
import { NULL } from '../../src/syntax/values.ts';
import type { ExternType } from '../../src/valid/types.ts';
import { importTypes } from '../../src/valid/types.ts';
import type { Choices } from '../property/generators/modules/choices.ts';
import { someNumber } from './some-values.ts';

/** What a generated module imports: things of the wanted types, host functions that return, throw, trap, and ask the world. */
export interface Imports {
  readonly resolve: (name: string) => ExternVal | null;
  readonly refs: Refs;
  readonly writes: readonly WriteAction[];
  /** Allocations that they took. */
  readonly allocations: number;
  /** A value of a closed type that is not null; null if there is none. */
  readonly valueOf: (t: ValType) => Value | null;
}

/** The module with its imports named by their numbers, so that each can be given what it wants. */
export function withNumberedImports(module: Module): Module {
  return { ...module, imports: module.imports.map((i, k) => ({ ...i, module: 'host', name: String(k) })) };
}

/** null: something that the module wants cannot be. */
export function makeImports(module: Module, c: Choices): Imports | null {
  const refs = new Refs();
  const writes: WriteAction[] = [];
  let allocations = 0;
  const fresh = (): Addr => addrOf(MAIN, allocations++);
  let made = 0;
  const making = (): Making => ({ key: `host${made++}`, refs, fresh, writes, readings: DEFAULT_READINGS });
  const valueOf = (t: ValType): Value | null => {
    if (typeof t === 'string') return someNumber(t, c);
    const content = { ...t, nullable: false };
    const made = makeWanted({ kind: 'global', type: { share: 'unshared', mutable: false, content } }, making());
    if (made?.kind !== 'global' || made.global.kind !== 'constant') return t.nullable ? NULL : null;
    return made.global.value;
  };
  const given: ExternVal[] = [];
  const tags: TagInst[] = [];
  for (const want of importTypes(module)) {
    const thing = makeWanted(want, making());
    if (thing === null) return null;
    if (thing.kind === 'tag') tags.push(thing.tag);
    given.push(lively(thing, want, c, valueOf, tags));
  }
  return {
    resolve: (name) => given[Number(name)] ?? null,
    refs,
    writes,
    allocations,
    valueOf,
  };
}

function lively(
  thing: ExternVal,
  want: ExternType,
  c: Choices,
  valueOf: Imports['valueOf'],
  tags: readonly TagInst[],
): ExternVal {
  if (thing.kind !== 'func' || thing.func.kind !== 'host' || want.kind !== 'func') return thing;
  const { func } = thing;
  const results = func.type.results.map(valueOf);
  if (results.includes(null)) return thing;
  const values = results.map((value) => known(value ?? undefined, 'value'));
  return { kind: 'func', func: c.chance(1, 3) ? unusual(func, values, c, valueOf, tags) : returning(func, values) };
}

/** Returns the same always, but for the integers, to which an integer among the arguments is added. */
function returning(func: HostFuncInst, values: readonly Value[]): HostFuncInst {
  const call = (args: readonly Value[]): readonly Value[] => {
    const more = args.find((arg) => arg.type === 'i32');
    return values.map((value) =>
      value.type === 'i32' && more?.type === 'i32' ? { type: 'i32', value: (value.value + more.value) | 0 } : value,
    );
  };
  return { ...func, call };
}

function unusual(
  func: HostFuncInst,
  values: readonly Value[],
  c: Choices,
  valueOf: Imports['valueOf'],
  tags: readonly TagInst[],
): HostFuncInst {
  const throwing = (error: () => unknown): HostFuncInst => ({
    ...func,
    call: () => {
      throw error();
    },
  });
  switch (c.below(6)) {
    case 0:
      return throwing(() => new HostTrap('a trap of the host'));
    case 1:
      return throwing(() => new TypeError('no such thing'));
    case 2: {
      const tag = c.maybe(tags);
      const args = tag?.params.map(valueOf);
      if (tag === null || args === undefined || args.includes(null)) return returning(func, values);
      const exception = args.map((arg) => known(arg ?? undefined, 'argument'));
      return throwing(() => new HostException(tag, exception));
    }
    default:
      return { ...func, asks: asking(values, c) };
  }
}

function asking(values: readonly Value[], c: Choices): HostAsk {
  const results = (): readonly Value[] => values;
  const ways: readonly ((...args: Parameters<HostAsk['request']>) => Request)[] = [
    (_args, _locals, site) => ({ kind: 'join', thread: 1 as ThreadId, site }),
    () => ({ kind: 'done', code: 7n }),
    (_args, _locals, site) => ({ kind: 'trap', reason: 'the host says so', site }),
    (_args, _locals, site) => ({ kind: 'fence', order: 'acqrel', site }),
  ];
  const [join, done, trap, fence] = ways;
  const way = c.pick([join, join, done, trap, fence]);
  return { request: known(way, 'a way of asking'), results };
}
