/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { assert, assertNever, known } from '../base/assert.ts';
import type { Access } from '../event/action.ts';
import { regionOf } from '../event/location.ts';
import type { Region } from '../event/location.ts';
import type { Request, Response, Site } from '../event/request.ts';
import { equalUnits } from '../event/units.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import { toUnits } from '../runtime/value-units.ts';
import { PAGE_SIZE } from '../syntax/types.ts';
import { addressWords, unsignedAt } from './addresses.ts';
import { trap } from './events-common.ts';
import { memoryOf } from './events-memory.ts';
import type { Located, Place } from './events-place.ts';
import { arrayAt, locate } from './events-place.ts';
import type { Words } from './int64.ts';
import { readI64 } from './int64.ts';
import type { Stored } from './stored.ts';
import { unitsAt } from './stored.ts';

/**
 * Waits on control words anywhere, in queues that are objects. The operands lie one after the other from `a` on: structure or array, queue,
 * index, expected value, timeout.
 */
export type WaitShape =
  | {
      readonly kind: 'wait.place';
      readonly place: WaitPlace;
      readonly stored: Stored;
      /** A wait on what is not shared traps. */
      readonly shared: boolean;
    }
  | { readonly kind: 'waitqueue.notify' };

export type WaitPlace = Place | { readonly kind: 'bytes'; readonly memory: number; readonly wide: boolean };

const EXPECTED: Readonly<Record<WaitPlace['kind'], string>> = {
  global: 'expected shared global',
  slot: 'expected shared table',
  field: 'expected shared structure',
  element: 'expected shared array',
  bytes: 'expected shared memory',
};

export function askWait(
  s: Words,
  module: ModuleInst,
  event: WaitShape & { readonly site: Site },
  d: number,
  a: number,
  b: number,
): Request | null {
  const { site } = event;
  if (event.kind === 'waitqueue.notify') {
    const queue = queueAt(s, module, a);
    if (queue === null) return trap('null waitqueue reference', site);
    return { kind: 'notify', bounds: null, region: queue, offset: 0, count: s[b]! >>> 0, site };
  }
  const { place, stored, shared } = event;
  const inObject = place.kind === 'field' || place.kind === 'element';
  if (inObject && s[a] === 0)
    return trap(place.kind === 'field' ? 'null structure reference' : 'null array reference', site);
  const queueWord = inObject ? a + 1 : a;
  const queue = queueAt(s, module, queueWord);
  if (queue === null) return trap('null waitqueue reference', site);
  const index = queueWord + 1;
  if (
    place.kind === 'element' &&
    unsignedAt(s, index, false) >= known(arrayAt(s, module, a) ?? undefined, 'array').length
  )
    return trap('out of bounds array access', site);
  if (place.kind === 'bytes' && unsignedAt(s, index, place.wide) % stored.units !== 0)
    return trap('unaligned atomic', site);
  if (!shared) return trap(EXPECTED[place.kind], site);
  const expectedWord = index + indexWords(place);
  const expected = unitsAt(s, expectedWord, stored);
  if (place.kind === 'global') {
    const global = known(module.globals[place.global], 'global');
    if (global.kind === 'constant') {
      if (equalUnits(toUnits(global.value), expected)) return trap('expected mutable global', site);
      s[d] = 1;
      return null;
    }
  }
  const located =
    place.kind === 'bytes'
      ? locateBytes(s, module, place, stored, index)
      : locate(s, module, place, stored.units, site, inObject ? a : index, index);
  if ('reason' in located) return located;
  const { region, offset, bounds } = located;
  const where: Access = { region, offset, size: stored.units, order: 'seqcst', tearFree: true };
  const timeout = readI64(s, expectedWord + stored.words);
  return {
    kind: 'wait',
    bounds,
    read: { kind: 'rd', ...where },
    queue: { region: queue, offset: 0 },
    expected,
    timeout,
    site,
  };
}

export function takeWait(
  s: Words,
  event: WaitShape & { readonly site: Site },
  d: number,
  answer: Response,
): Request | null {
  if (answer.kind === 'out-of-bounds') {
    const isMemory = event.kind === 'wait.place' && event.place.kind === 'bytes';
    return trap(isMemory ? 'out of bounds memory access' : 'out of bounds table access', event.site);
  }
  if (event.kind === 'wait.place') {
    assert(answer.kind === 'waited', 'a wait is answered');
    s[d] = answer.result;
  } else {
    assert(answer.kind === 'notified', 'a notify is answered');
    s[d] = answer.woke;
  }
  return null;
}

/** The waiters of the queue whose reference is at `a`; null if that is null. */
function queueAt(s: Words, { refs }: ModuleInst, a: number): Region | null {
  const id = s[a]!;
  if (id === 0) return null;
  const queue = refs.get(id);
  assert(queue.kind === 'waitqueue', 'a wait queue');
  return regionOf(queue.addr, 'queue');
}

function indexWords(place: WaitPlace): 0 | 1 | 2 {
  switch (place.kind) {
    case 'global':
    case 'field':
      return 0;
    case 'element':
      return 1;
    case 'slot':
    case 'bytes':
      return addressWords(place.wide);
    default:
      return assertNever(place);
  }
}

function locateBytes(
  s: Words,
  module: ModuleInst,
  { memory, wide }: Extract<WaitPlace, { kind: 'bytes' }>,
  { units }: Stored,
  index: number,
): Located {
  const { length, data } = memoryOf(module, memory);
  const at = unsignedAt(s, index, wide);
  return { region: data, offset: at, bounds: { length, unit: PAGE_SIZE, end: at + units } };
}
