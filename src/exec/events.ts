import { assertNever, Bug, known } from '../base/assert.ts';
import type { Access, Order } from '../event/action.ts';
import type { Request, Response, Site } from '../event/request.ts';
import { callStart } from '../runtime/call-start.ts';
import type { GlobalInst, ModuleInst } from '../runtime/instance.ts';
import { access, unitsOf } from './events-common.ts';
import type { MemoryShape } from './events-memory.ts';
import { askMemory, takeMemory } from './events-memory.ts';
import type { ObjectShape } from './events-object.ts';
import { askObject, takeObject } from './events-object.ts';
import type { PlaceShape } from './events-place.ts';
import { askPlace, takePlace } from './events-place.ts';
import type { TableShape } from './events-table.ts';
import { askTable, takeTable } from './events-table.ts';
import type { WaitShape } from './events-wait.ts';
import { askWait, takeWait } from './events-wait.ts';
import { putUnits, storedAs, unitsAt } from './stored.ts';
import type { Thread } from './thread.ts';
import { readValues } from './values.ts';

/** An instruction that needs the world, with its immediates: what an `event` operation refers to. */
export type EventSite = { readonly site: Site } & EventShape;

export type EventShape =
  | MemoryShape
  | TableShape
  | PlaceShape
  | ObjectShape
  | WaitShape
  | { readonly kind: 'fence'; readonly order: Order }
  | { readonly kind: 'global.get'; readonly global: number }
  | { readonly kind: 'global.set'; readonly global: number }
  | { readonly kind: 'fork'; readonly func: number };

/**
 * What the thread asks when it reaches the event, whose operands are the words at `a`, `b` and `c`, further ones after the third. Null: it
 * asks nothing and goes on, any result being at `d`.
 */
export function askEvent(
  thread: Thread,
  module: ModuleInst,
  event: EventSite,
  d: number,
  a: number,
  b: number,
  c: number,
): Request | null {
  const s = thread.words;
  switch (event.kind) {
    case 'load':
    case 'store':
    case 'rmw':
    case 'cmpxchg':
    case 'wait':
    case 'notify':
    case 'size':
    case 'grow':
    case 'fill':
    case 'copy-check':
    case 'copy':
    case 'init':
      return askMemory(s, module, event, a, b, c);
    case 'global.get':
      return askGlobalGet(thread, known(module.globals[event.global], 'global'), event.site, d);
    case 'global.set':
      return askGlobalSet(thread, known(module.globals[event.global], 'global'), event.site, a);
    case 'place.get':
    case 'place.set':
    case 'place.rmw':
    case 'place.cmpxchg':
      return askPlace(thread, module, event, d, a, b, c);
    case 'table.size':
    case 'table.grow':
    case 'table.fill':
    case 'table.copy-check':
    case 'table.copy':
    case 'table.init':
    case 'segment':
    case 'drop':
    case 'callee':
      return askTable(s, module, event, a, b, c);
    case 'struct.new':
    case 'struct.new_default':
    case 'array.new_fixed':
    case 'array.new':
    case 'array.new_default':
    case 'array.new_segment':
    case 'array.fill':
    case 'array.copy':
    case 'array.init':
    case 'waitqueue.new':
      return askObject(s, module, event, a, b, c);
    case 'wait.place':
    case 'waitqueue.notify':
      return askWait(s, module, event, d, a, b);
    case 'fence':
      return { kind: 'fence', order: event.order, site: event.site };
    case 'fork': {
      const func = known(module.funcs[event.func], 'function');
      const locals = thread.inherit ? thread.sharedLocals() : new Map();
      const start = callStart(func, readValues(s, a, func.type.params), locals);
      return { kind: 'fork', start, name: null, site: event.site };
    }
    default:
      return assertNever(event);
  }
}

/** Takes the answer, putting any result at `d`; the trap if the answer is one. The operands are where they were. */
export function takeAnswer(
  { words: s }: Thread,
  module: ModuleInst,
  event: EventSite,
  d: number,
  a: number,
  b: number,
  answer: Response,
): Request | null {
  switch (event.kind) {
    case 'load':
    case 'store':
    case 'rmw':
    case 'cmpxchg':
    case 'wait':
    case 'notify':
    case 'size':
    case 'grow':
    case 'fill':
    case 'copy-check':
    case 'copy':
    case 'init':
      return takeMemory(s, event, d, answer);
    case 'global.get':
      putUnits(s, d, unitsOf(answer), storedAs(known(module.globals[event.global], 'global').type.content));
      return null;
    case 'place.get':
    case 'place.set':
    case 'place.rmw':
    case 'place.cmpxchg':
      return takePlace(s, event, d, answer);
    case 'table.size':
    case 'table.grow':
    case 'table.fill':
    case 'table.copy-check':
    case 'table.copy':
    case 'table.init':
    case 'segment':
    case 'drop':
    case 'callee':
      return takeTable(s, module, event, d, answer);
    case 'struct.new':
    case 'struct.new_default':
    case 'array.new_fixed':
    case 'array.new':
    case 'array.new_default':
    case 'array.new_segment':
    case 'array.fill':
    case 'array.copy':
    case 'array.init':
    case 'waitqueue.new':
      return takeObject(s, module, event, d, a, b, answer);
    case 'wait.place':
    case 'waitqueue.notify':
      return takeWait(s, event, d, answer);
    case 'global.set':
    case 'fence':
    case 'fork':
      return null;
    default:
      return assertNever(event);
  }
}

function askGlobalGet(thread: Thread, global: GlobalInst, site: Site, d: number): Request | null {
  switch (global.kind) {
    case 'constant':
      thread.put(d, global.value);
      return null;
    case 'thread_local':
      thread.put(d, thread.local(global.addr) ?? global.initial);
      return null;
    case 'mutable':
      return access(null, [{ kind: 'rd', ...wholeGlobal(global) }], site);
    default:
      return assertNever(global);
  }
}

function askGlobalSet(thread: Thread, global: GlobalInst, site: Site, a: number): Request | null {
  const { content } = global.type;
  switch (global.kind) {
    case 'constant':
      throw new Bug('a constant global is set');
    case 'thread_local':
      thread.setLocal(global.addr, thread.get(a, content));
      return null;
    case 'mutable': {
      const written = unitsAt(thread.words, a, storedAs(content));
      return access(null, [{ kind: 'wr', ...wholeGlobal(global), written }], site);
    }
    default:
      return assertNever(global);
  }
}

function wholeGlobal({ val, type, tearFree }: Extract<GlobalInst, { kind: 'mutable' }>): Access {
  return { region: val, offset: 0, size: storedAs(type.content).units, order: 'unord', tearFree };
}
