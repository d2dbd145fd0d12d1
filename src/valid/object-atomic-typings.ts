import {
  checkArrayAtomicCmpxchg,
  checkArrayAtomicGet,
  checkArrayAtomicRmw,
  checkArrayAtomicSet,
  checkArrayAtomicXchg,
  checkStructAtomicCmpxchg,
  checkStructAtomicGet,
  checkStructAtomicRmw,
  checkStructAtomicSet,
  checkStructAtomicXchg,
} from './aggregate-atomic-rules.ts';
import type { Extension } from './atomic-places.ts';
import type { OrderAnnotation } from '../syntax/module.ts';
import type { Code } from './code.ts';
import type { Site } from './context.ts';
import { index, orderIndex, orderPair, pair, type Typing, typing } from './immediates.ts';
import {
  checkGlobalAtomicCmpxchg,
  checkGlobalAtomicGet,
  checkGlobalAtomicRmw,
  checkGlobalAtomicSet,
  checkGlobalAtomicXchg,
  checkTableAtomicCmpxchg,
  checkTableAtomicGet,
  checkTableAtomicSet,
  checkTableAtomicXchg,
} from './variable-atomic-rules.ts';
import {
  checkArrayWait,
  checkGlobalWait,
  checkMemoryWait,
  checkStructWait,
  checkTableWait,
  checkWaitqueueNew,
  checkWaitqueueNotify,
} from './waitqueue-rules.ts';

/** Atomic accesses to what is no memory, and wait queues. */

/** Of a place that one index names. */
function indexed(rule: string, check: (code: Code, site: Site, order: OrderAnnotation, x: number) => void): Typing {
  return typing(rule, (code, site, imm) => {
    const { order, x } = orderIndex(imm);
    check(code, site, order, x);
  });
}

/** Of a field. */
function ofField(
  rule: string,
  check: (code: Code, site: Site, order: OrderAnnotation, x: number, y: number) => void,
): Typing {
  return typing(rule, (code, site, imm) => {
    const { order, x, y } = orderPair(imm);
    check(code, site, order, x, y);
  });
}

const ARITHMETIC = ['add', 'sub', 'and', 'or', 'xor'];

/** The five arithmetic instructions of one kind of place, which have one rule. */
function arithmetic(sort: string, entry: Typing): Record<string, Typing> {
  return Object.fromEntries(ARITHMETIC.map((op) => [`${sort}.atomic.rmw.${op}`, entry]));
}

const structGet = (sx: Extension): Typing =>
  ofField('struct.atomic.get', (code, site, order, x, y) => checkStructAtomicGet(code, site, order, x, y, sx));

const arrayGet = (sx: Extension): Typing =>
  indexed('array.atomic.get', (code, site, order, x) => checkArrayAtomicGet(code, site, order, x, sx));

export const OBJECT_ATOMIC_TYPINGS: Readonly<Record<string, Typing>> = {
  'global.atomic.get': indexed('global.atomic.get', checkGlobalAtomicGet),
  'global.atomic.set': indexed('global.atomic.set', checkGlobalAtomicSet),
  ...arithmetic('global', indexed('global.atomic.rmw', checkGlobalAtomicRmw)),
  'global.atomic.rmw.xchg': indexed('global.atomic.rmw.xchg', checkGlobalAtomicXchg),
  'global.atomic.rmw.cmpxchg': indexed('global.atomic.rmw.cmpxchg', checkGlobalAtomicCmpxchg),

  'table.atomic.get': indexed('table.atomic.get', checkTableAtomicGet),
  'table.atomic.set': indexed('table.atomic.set', checkTableAtomicSet),
  'table.atomic.rmw.xchg': indexed('table.atomic.rmw.xchg', checkTableAtomicXchg),
  'table.atomic.rmw.cmpxchg': indexed('table.atomic.rmw.cmpxchg', checkTableAtomicCmpxchg),

  'struct.atomic.get': structGet(null),
  'struct.atomic.get_s': structGet('s'),
  'struct.atomic.get_u': structGet('u'),
  'struct.atomic.set': ofField('struct.atomic.set', checkStructAtomicSet),
  ...arithmetic('struct', ofField('struct.atomic.rmw', checkStructAtomicRmw)),
  'struct.atomic.rmw.xchg': ofField('struct.atomic.rmw.xchg', checkStructAtomicXchg),
  'struct.atomic.rmw.cmpxchg': ofField('struct.atomic.rmw.cmpxchg', checkStructAtomicCmpxchg),

  'array.atomic.get': arrayGet(null),
  'array.atomic.get_s': arrayGet('s'),
  'array.atomic.get_u': arrayGet('u'),
  'array.atomic.set': indexed('array.atomic.set', checkArrayAtomicSet),
  ...arithmetic('array', indexed('array.atomic.rmw', checkArrayAtomicRmw)),
  'array.atomic.rmw.xchg': indexed('array.atomic.rmw.xchg', checkArrayAtomicXchg),
  'array.atomic.rmw.cmpxchg': indexed('array.atomic.rmw.cmpxchg', checkArrayAtomicCmpxchg),

  'waitqueue.new': typing('waitqueue.new', checkWaitqueueNew),
  'waitqueue.notify': typing('waitqueue.notify', checkWaitqueueNotify),
  'struct.wait': typing('struct.wait', (code, site, imm) => checkStructWait(code, site, pair(imm).x, pair(imm).y)),
  'array.wait': typing('array.wait', (code, site, imm) => checkArrayWait(code, site, index(imm))),
  'global.wait': typing('global.wait', (code, site, imm) => checkGlobalWait(code, site, index(imm))),
  'table.wait': typing('table.wait', (code, site, imm) => checkTableWait(code, site, index(imm))),
  'memory.wait32': typing('memory.wait', (code, site, imm) => checkMemoryWait(code, site, index(imm), 'i32')),
  'memory.wait64': typing('memory.wait', (code, site, imm) => checkMemoryWait(code, site, index(imm), 'i64')),
};
