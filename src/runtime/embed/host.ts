import { assert } from '../../base/assert.ts';
import type { Share, ValType } from '../../syntax/types.ts';
import { plainType } from '../../syntax/types.ts';
import type { Value } from '../../syntax/values.ts';
import type { DefType } from '../../valid/type-ids.ts';
import { closedType } from '../../valid/type-ids.ts';
import type { HostAsk, HostFuncInst } from '../instance.ts';
import { HostException } from '../instance.ts';
import { valuesOf } from './arguments.ts';
import type { Compartment } from './compartment.ts';
import { fromValue, printType } from './js-values.ts';
import type { FrontEnd } from './parts.ts';
import { runningCompartment } from './running.ts';
import { isSharedClosed } from './value-types.ts';

/**
 * A function of the host's: arguments come as JavaScript's values, and a result goes back as one, or several as an array. What it throws
 * becomes a trap with that as its cause, a `HostTrap` a trap of its words, and a tag's exception one that Wasm code may catch.
 */
export type HostCall = (...args: readonly never[]) => unknown;

/** Text as `(func (param i32))` and `(shared (func))`, or parts; types in parts are closed. Shared ones can be called from shared code. */
export type HostType =
  | string
  | { readonly params: readonly ValType[]; readonly results: readonly ValType[]; readonly shared?: boolean };

/** Throws a `TypeError` for what is no type of a function, or of a shared one. */
export function hostDefType(front: FrontEnd, type: HostType): DefType {
  if (typeof type === 'string') {
    const found = front.funcType(type);
    if (found === null) throw new TypeError(`not a function type: ${type}`);
    return found;
  }
  const { params, results, shared = false } = type;
  if (shared)
    for (const t of [...params, ...results])
      if (!isSharedClosed(t))
        throw new TypeError(`a shared function has no parameters and results of type ${printType(t)}`);
  return closedType(plainType({ kind: 'func', params, results }, shared ? 'shared' : 'unshared'));
}

/** A host function of the compartment; `exact`: it takes and gives `Value`s. */
export function makeHostFunc(
  home: Compartment,
  key: string,
  name: string,
  closed: DefType,
  call: HostCall | ((args: readonly Value[]) => readonly Value[]),
  exact: boolean,
): HostFuncInst {
  const { comp: type, share } = closed;
  assert(type.kind === 'func', 'a function has a function type');
  const given = call as (...args: readonly unknown[]) => unknown;
  const run = (args: readonly Value[]): readonly Value[] => {
    // A clone has the function from its original, and calls it with its own objects.
    const here = runningCompartment() ?? home;
    const result = callGiven(here, given, exact ? [args] : args.map((value) => fromValue(here, value)));
    const results = exact || type.results.length > 1 ? result : type.results.length === 0 ? [] : [result];
    const values = Array.isArray(results) ? valuesOf(here, type.results, results) : null;
    if (values === null) throw new TypeError(`it gives ${type.results.length} results as an array`);
    if (!values.ok) throw new TypeError(`it gives ${values.error}`);
    return values.value;
  };
  return { kind: 'host', key, share, type, closed, name, call: run };
}

/** Tags are told apart by keys, which other compartments have too: an exception of another's tag is a mistake, as are values of other types. */
function checkException(here: Compartment, { tag, args }: HostException): void {
  if (!here.instances.some(({ tags }) => tags.includes(tag)))
    throw new TypeError(`the tag of the exception belongs to another compartment, not to ${here.name}`);
  const values = valuesOf(here, tag.params, args);
  if (!values.ok) throw new TypeError(`the tag of the exception takes ${values.error}`);
}

function callGiven(
  here: Compartment,
  call: (...args: readonly unknown[]) => unknown,
  args: readonly unknown[],
): unknown {
  try {
    return call(...args);
  } catch (error) {
    if (error instanceof HostException) checkException(here, error);
    throw error;
  }
}

/** A host function that asks the world: to start, join or end threads. */
export function makeAskFunc(key: string, name: string, closed: DefType, asks: HostAsk): HostFuncInst {
  const { comp: type } = closed;
  const share: Share = closed.share;
  assert(type.kind === 'func', 'a function has a function type');
  return { kind: 'host', key, share, type, closed, name, call: () => [], asks };
}
