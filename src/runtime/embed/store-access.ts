import { assert } from '../../base/assert.ts';
import { NOWHERE } from '../../base/span.ts';
import type { Access } from '../../event/action.ts';
import type { Region } from '../../event/location.ts';
import type { AccessRequest, AskedAction, BoundsCheck, Site } from '../../event/request.ts';
import type { Units } from '../../event/units.ts';
import type { Value } from '../../syntax/values.ts';
import type { GlobalInst } from '../instance.ts';
import type { Store } from '../schedule.ts';
import { fromUnits, toUnits, unitsOfType } from '../value-units.ts';

/** What the embedder itself reads and writes: the requests of a thread's ordinary accesses, at once. */

export const HOST_SITE: Site = { at: NOWHERE, text: 'host', shows: null };

type MutableGlobal = Extract<GlobalInst, { kind: 'mutable' }>;

function accessTo({ val, type: { content }, tearFree }: MutableGlobal): Access {
  return { region: val, offset: 0, size: unitsOfType(content), order: 'seqcst', tearFree };
}

/** Reads a global as an atomic access does. */
export function readAll(store: Store, global: MutableGlobal): Value {
  const units = perform(store, null, { kind: 'rd', ...accessTo(global) });
  assert(units !== null, 'a global has no bounds');
  return fromUnits(global.type.content, units);
}

export function writeAll(store: Store, global: MutableGlobal, value: Value): void {
  perform(store, null, { kind: 'wr', ...accessTo(global), written: toUnits(value) });
}

/** The one unit of a length. */
export function readLength(store: Store, length: Region): number {
  const units = perform(store, null, {
    kind: 'rd',
    region: length,
    offset: 0,
    size: 1,
    order: 'seqcst',
    tearFree: true,
  });
  assert(units !== null, 'a length has no bounds');
  const [now] = Array.from(units as ArrayLike<number>);
  return now ?? 0;
}

/** What was read; null where it is out of bounds. */
export function perform(store: Store, bounds: BoundsCheck | null, action: AskedAction): Units | null {
  const request: AccessRequest = { kind: 'access', bounds, actions: [action], site: HOST_SITE };
  const answer = store.answer(request);
  if (answer?.kind === 'out-of-bounds') return null;
  assert(answer?.kind === 'units', 'an access is answered with units');
  return answer.units;
}

/** Whether a number of JavaScript's can be an index or a count. */
export function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}
