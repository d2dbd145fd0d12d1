import { assert, known } from '../base/assert.ts';
import type { Addr } from '../event/location.ts';
import { regionOf } from '../event/location.ts';
import type { NotifyRequest, Site, WaitRequest } from '../event/request.ts';
import { equalUnits } from '../event/units.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { PAGE_SIZE, sizeOf } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { toUnits } from '../runtime/value-units.ts';
import { BEYOND_MEMORY, BEYOND_TABLE, memoryOf, tableOf } from './access.ts';
import { shownStorage } from './bytes.ts';
import type { State } from './config.ts';
import { frameOf } from './config.ts';
import { i32, i64Of, lengthAt, peek, popMany, push, unsigned } from './operands.ts';
import type { Found } from './place.ts';
import {
  arrayType,
  elementPlace,
  fieldPlace,
  globalPlace,
  NULL_ARRAY,
  NULL_STRUCT,
  referred,
  slotPlace,
  structType,
} from './place.ts';
import type { Attempt, Rule } from './rule.ts';
import { expect, indexOf, pairOf, siteOf, succeeds, trap } from './rule.ts';
import { globalOf } from './variable.ts';

/**
 * Managed waiter queues [shared-everything-threads overview, Managed Waiter Queues]: a queue is an object of its own, and a wait names it
 * besides the location of its control word.
 */
const SOURCE = 'shared-everything-threads overview, Managed Waiter Queues';
const NULL_QUEUE = 'null waitqueue reference';

/**
 * @rule Step/waitqueue.new
 *
 *     waitqueue.new ↪(new a.queue ε) ref.waitqueue a
 */
export const stepWaitqueueNew: Rule<PlainInstr> = {
  id: 'Step/waitqueue.new',
  source: SOURCE,
  ask: (_, instr) => ({ kind: 'new', field: 'queue', contents: [], layout: [], site: siteOf(instr) }),
  step(z, _, answer) {
    push(z, frameOf(z).func.it.module.refs.waitqueue(expect(answer, 'new').addr));
  },
};

/**
 * @rule Step/waitqueue.notify
 *
 *     (ref.null ht) (i32.const m) waitqueue.notify     ↪ trap
 *     (ref.waitqueue a) (i32.const m) waitqueue.notify ↪ notify′ a.queue 0 m
 */
export const stepWaitqueueNotify: Rule<PlainInstr> = {
  id: 'Step/waitqueue.notify',
  source: SOURCE,
  ask: notifyOf,
  step(z, instr, answer) {
    popMany(z, 2);
    if (answer === null) trap(z, NULL_QUEUE, siteOf(instr));
    else push(z, i32(expect(answer, 'notified').woke));
  },
};

function notifyOf(z: State, instr: PlainInstr): NotifyRequest | null {
  const queue = queueAt(z, peek(z, 1));
  if (queue === null) return null;
  const count = unsigned(peek(z, 0));
  return { kind: 'notify', bounds: null, region: regionOf(queue, 'queue'), offset: 0, count, site: siteOf(instr) };
}

/**
 * X is one of struct, array, table, memory; `o?` the object if it is one of the first two, `i?` the index of an element, slot or byte;
 * l the location that they lead to, of |t| units. They are looked at in the order of the operands; that the location is not shared is
 * found last.
 *
 * @rule Step/object.wait
 *
 *     o? q i? v (i64.const t) (X.wait x) ↪       trap    (if o or q is null, or i ≥ |o|, or i mod |t| ≠ 0 in a memory, or l is unshared)
 *     o? q i? v (i64.const t) (X.wait x) ↪(len)? trap    (if l is out of bounds)
 *     o? q i? v (i64.const t) (X.wait x) ↪(len)? (rd_seqcst l b*)  wait′ q.queue t    (if b* = bits(v))
 *     o? q i? v (i64.const t) (X.wait x) ↪(len)? (rd_seqcst l b*)  i32.const 1        (if b* ≠ bits(v))
 */
export const stepObjectWait: Rule<PlainInstr> = {
  id: 'Step/object.wait',
  source: SOURCE,
  ask: (z, instr) => objectWait(z, instr).request,
  step(z, instr, answer) {
    const attempt = objectWait(z, instr);
    popMany(z, instr.op === 'array.wait' ? 5 : 4);
    if (succeeds(z, attempt, answer)) push(z, i32(expect(answer, 'waited').result));
  },
};

function objectWait(z: State, instr: PlainInstr): Attempt {
  switch (instr.op) {
    case 'struct.wait': {
      const { x, y } = pairOf(instr);
      const { storage } = known(structType(z, x).fields[y], 'field');
      const site = siteOf(instr, shownStorage(storage));
      return waitAt(z, peek(z, 2), fieldPlace(z, peek(z, 3), x, y), 'structure', site);
    }
    case 'array.wait': {
      const x = indexOf(instr);
      const site = siteOf(instr, shownStorage(arrayType(z, x).field.storage));
      return waitAt(z, peek(z, 3), elementPlace(z, peek(z, 4), x, unsigned(peek(z, 2))), 'array', site);
    }
    case 'table.wait':
      return waitAt(
        z,
        peek(z, 3),
        slotPlace(tableOf(z, indexOf(instr)), lengthAt(z, 2)),
        'table',
        siteOf(instr, 'ref'),
      );
    default:
      return waitAt(z, peek(z, 3), bytesPlace(z, instr), 'memory', siteOf(instr, controlWord(instr)));
  }
}

function controlWord({ op }: PlainInstr): 'i32' | 'i64' {
  return op === 'memory.wait32' ? 'i32' : 'i64';
}

/** The control word in a memory, or that it is not aligned. */
function bytesPlace(z: State, instr: PlainInstr): Found {
  const { data, length, type } = memoryOf(z, indexOf(instr));
  const storage = controlWord(instr);
  const size = sizeOf(storage);
  const offset = lengthAt(z, 2);
  if (offset % size !== 0) return 'unaligned atomic';
  const bounds = { length, unit: PAGE_SIZE, end: offset + size };
  return { range: { region: data, offset, size }, storage, share: type.share, tearFree: true, bounds };
}

/** The wait, whose topmost operands are what is expected and the timeout. A missing object counts before a missing queue. */
function waitAt(z: State, queue: Value, found: Found, word: string, site: Site): Attempt {
  const isObjectNull = found === NULL_STRUCT || found === NULL_ARRAY;
  const addr = isObjectNull ? null : queueAt(z, queue);
  if (addr === null) return { request: null, trap: isObjectNull ? found : NULL_QUEUE, site };
  if (typeof found === 'string') return { request: null, trap: found, site };
  if (found.share !== 'shared') return { request: null, trap: `expected shared ${word}`, site };
  const request: WaitRequest = {
    kind: 'wait',
    bounds: found.bounds,
    read: { kind: 'rd', ...found.range, order: 'seqcst', tearFree: true },
    queue: { region: regionOf(addr, 'queue'), offset: 0 },
    expected: toUnits(peek(z, 1)),
    timeout: i64Of(peek(z, 0)),
    site,
  };
  return { request, trap: found.bounds === null ? null : word === 'memory' ? BEYOND_MEMORY : BEYOND_TABLE, site };
}

/**
 * An immutable global is nobody's to change: its value is compared at once, and who would wait for ever traps.
 *
 * @rule Step/global.wait
 *
 *     q v (i64.const t) (global.wait x)  ↪  trap           (if q is null, or a = f.global(x) is not shared)
 *     q v (i64.const t) (global.wait x)  ↪(rd_seqcst a.val b*)  wait′ q.queue t    (if a is mutable, b* = bits(v))
 *     q v (i64.const t) (global.wait x)  ↪(rd_seqcst a.val b*)  i32.const 1        (if a is mutable, b* ≠ bits(v))
 *     q v (i64.const t) (global.wait x)  ↪  trap           (if a is the constant v)
 *     q v (i64.const t) (global.wait x)  ↪  i32.const 1    (if a is a constant and not v)
 */
export const stepGlobalWait: Rule<PlainInstr> = {
  id: 'Step/global.wait',
  source: SOURCE,
  ask: (z, instr) => globalWait(z, instr).request,
  step(z, instr, answer) {
    const attempt = globalWait(z, instr);
    popMany(z, 3);
    if (succeeds(z, attempt, answer)) push(z, i32(answer === null ? 1 : expect(answer, 'waited').result));
  },
};

function globalWait(z: State, instr: PlainInstr): Attempt {
  const global = globalOf(z, indexOf(instr));
  const site = siteOf(instr, shownStorage(global.type.content));
  if (global.kind === 'mutable') return waitAt(z, peek(z, 2), globalPlace(global), 'global', site);
  if (queueAt(z, peek(z, 2)) === null) return { request: null, trap: NULL_QUEUE, site };
  if (global.type.share !== 'shared' || global.kind !== 'constant')
    return { request: null, trap: 'expected shared global', site };
  const isEqual = equalUnits(toUnits(global.value), toUnits(peek(z, 1)));
  return { request: null, trap: isEqual ? 'expected mutable global' : null, site };
}

/** The address of a wait queue; null for a null reference. */
function queueAt(z: State, value: Value): Addr | null {
  const found = referred(z, value);
  if (found === null) return null;
  assert(found.kind === 'waitqueue', 'a wait queue');
  return found.addr;
}
