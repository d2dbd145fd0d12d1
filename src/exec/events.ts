/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { Bug, assert, assertNever, known } from '../base/assert.ts';
import type { Access, Order } from '../event/action.ts';
import type { AccessRequest, AskedAction, BoundsCheck, Request, Response, Site } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import { callStart } from '../runtime/call-start.ts';
import type { GlobalInst, MemInst, ModuleInst } from '../runtime/instance.ts';
import type { RmwOp } from '../syntax/instructions.ts';
import type { ValType } from '../syntax/types.ts';
import { PAGE_SIZE, sizeOf } from '../syntax/types.ts';
import type { Width } from './code.ts';
import { wordsOf } from './code.ts';
import type { Words } from './int64.ts';
import { readI64 } from './int64.ts';
import type { Thread } from './thread.ts';
import { bytesAt, putBytes, readValues } from './values.ts';

/** An instruction that needs the world, with its immediates: what an `event` operation refers to. */
export type EventSite = { readonly site: Site } & EventShape;

interface Place {
  readonly memory: number;
  readonly offset: number;
  readonly bytes: 1 | 2 | 4 | 8 | 16;
  readonly order: Order;
  readonly atomic: boolean;
}

export type EventShape =
  | ({ readonly kind: 'load'; readonly words: Width; readonly signed: boolean } & Place)
  | ({ readonly kind: 'store' } & Place)
  | ({ readonly kind: 'rmw'; readonly op: RmwOp; readonly words: Width } & Place)
  | ({ readonly kind: 'cmpxchg'; readonly words: Width } & Place)
  | ({ readonly kind: 'wait' } & Place)
  | ({ readonly kind: 'notify' } & Place)
  | { readonly kind: 'fence'; readonly order: Order }
  | { readonly kind: 'size'; readonly memory: number }
  | { readonly kind: 'grow'; readonly memory: number }
  | { readonly kind: 'fill'; readonly memory: number }
  /** The destination's bounds, if source and destination are different memories. */
  | { readonly kind: 'copy-check'; readonly to: number; readonly from: number }
  | { readonly kind: 'copy'; readonly to: number; readonly from: number }
  | { readonly kind: 'global.get'; readonly global: number }
  | { readonly kind: 'global.set'; readonly global: number }
  | { readonly kind: 'ref.func'; readonly func: number }
  | { readonly kind: 'fork'; readonly func: number };

/**
 * What the thread asks when it reaches the event, whose operands are the words at `a`, `b` and `c`. Null: it asks nothing and
 * goes on, any result being at `d`.
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
      return access(s, module, event, a, (where) => ({ kind: 'rd', ...where }));
    case 'store':
      return access(s, module, event, a, (where) => ({ kind: 'wr', ...where, written: bytesAt(s, b, event.bytes) }));
    case 'rmw':
      return access(s, module, event, a, (where) => ({
        kind: 'rmw',
        ...where,
        update: { op: event.op, operand: bytesAt(s, b, event.bytes) },
      }));
    case 'cmpxchg':
      return access(s, module, event, a, (where) => ({
        kind: 'rmw',
        ...where,
        update: { op: 'cmpxchg', expected: bytesAt(s, b, event.bytes), replacement: bytesAt(s, c, event.bytes) },
      }));
    case 'wait':
      return askWait(s, memoryOf(module, event.memory), event, a, b, c);
    case 'notify': {
      const memory = memoryOf(module, event.memory);
      const at = address(s, a, event.offset);
      if (at % event.bytes !== 0) return trap('unaligned atomic', event.site);
      const bounds = within(memory, at + event.bytes);
      return { kind: 'notify', bounds, region: memory.data, offset: at, count: s[b]! >>> 0, site: event.site };
    }
    case 'fence':
      return { kind: 'fence', order: event.order, site: event.site };
    case 'size': {
      const { length } = memoryOf(module, event.memory);
      const read: Access = { region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true };
      return { kind: 'access', bounds: null, actions: [{ kind: 'rd', ...read }], site: event.site };
    }
    case 'grow': {
      const { length, data, type } = memoryOf(module, event.memory);
      const max = Number(type.limits.max ?? PAGE_SIZE);
      return {
        kind: 'grow',
        length,
        content: data,
        unit: PAGE_SIZE,
        fill: 0,
        delta: s[a]! >>> 0,
        max,
        site: event.site,
      };
    }
    case 'fill':
      return askFill(memoryOf(module, event.memory), event.site, s[a]! >>> 0, s[b]! & 0xff, s[c]! >>> 0);
    case 'copy-check': {
      const to = memoryOf(module, event.to);
      if (to.addr === memoryOf(module, event.from).addr) return null;
      return { kind: 'access', bounds: within(to, (s[a]! >>> 0) + (s[c]! >>> 0)), actions: [], site: event.site };
    }
    case 'copy':
      return askCopy(
        memoryOf(module, event.to),
        memoryOf(module, event.from),
        event.site,
        s[a]! >>> 0,
        s[b]! >>> 0,
        s[c]! >>> 0,
      );
    case 'global.get':
      return askGlobalGet(thread, known(module.globals[event.global], 'global'), event.site, d);
    case 'global.set':
      return askGlobalSet(thread, known(module.globals[event.global], 'global'), event.site, a);
    case 'ref.func':
      thread.put(d, module.refs.func(known(module.funcs[event.func], 'function')));
      return null;
    case 'fork': {
      const func = known(module.funcs[event.func], 'function');
      const start = callStart(
        func,
        readValues(s, a, func.type.params),
        thread.inherit ? thread.sharedLocals() : new Map(),
      );
      return { kind: 'fork', start, name: null, site: event.site };
    }
    default:
      return assertNever(event);
  }
}

/** Takes the answer, putting any result at `d`; the trap if the answer is one. */
export function takeAnswer(
  s: Words,
  module: ModuleInst,
  event: EventSite,
  d: number,
  answer: Response,
): Request | null {
  if (answer.kind === 'out-of-bounds') return trap('out of bounds memory access', event.site);
  switch (event.kind) {
    case 'load':
      putBytes(s, d, unitsOf(answer), event.words, event.signed);
      return null;
    case 'rmw':
    case 'cmpxchg':
      putBytes(s, d, unitsOf(answer), event.words, false);
      return null;
    case 'wait':
      assert(answer.kind === 'waited', 'a wait is answered');
      s[d] = answer.result;
      return null;
    case 'notify':
      assert(answer.kind === 'notified', 'a notify is answered');
      s[d] = answer.woke;
      return null;
    case 'size':
      s[d] = unitAt(unitsOf(answer), 0);
      return null;
    case 'grow':
      assert(answer.kind === 'grown', 'a growth is answered');
      s[d] = answer.previous;
      return null;
    case 'global.get': {
      const { content } = known(module.globals[event.global], 'global').type;
      if (typeof content === 'string') putBytes(s, d, unitsOf(answer), wordsOf(content), false);
      else s[d] = unitAt(unitsOf(answer), 0);
      return null;
    }
    case 'store':
    case 'fence':
    case 'fill':
    case 'copy-check':
    case 'copy':
    case 'global.set':
    case 'ref.func':
    case 'fork':
      return null;
    default:
      return assertNever(event);
  }
}

export function trap(reason: string, site: Site): Request {
  return { kind: 'trap', reason, site };
}

function access(
  s: Words,
  module: ModuleInst,
  event: Place & { readonly site: Site },
  a: number,
  action: (where: Access) => AskedAction,
): Request {
  const { bytes, atomic, order, site } = event;
  const memory = memoryOf(module, event.memory);
  const at = address(s, a, event.offset);
  const aligned = at % bytes === 0;
  if (atomic && !aligned) return trap('unaligned atomic', site);
  const tearFree = atomic || (bytes <= 4 && aligned);
  const where: Access = { region: memory.data, offset: at, size: bytes, order, tearFree };
  return { kind: 'access', bounds: within(memory, at + bytes), actions: [action(where)], site };
}

function askWait(
  s: Words,
  memory: MemInst,
  event: Place & { readonly site: Site },
  a: number,
  b: number,
  c: number,
): Request {
  const { bytes, site } = event;
  const at = address(s, a, event.offset);
  if (at % bytes !== 0) return trap('unaligned atomic', site);
  if (memory.type.share !== 'shared') return trap('expected shared memory', site);
  return {
    kind: 'wait',
    bounds: within(memory, at + bytes),
    read: { kind: 'rd', region: memory.data, offset: at, size: bytes, order: 'seqcst', tearFree: true },
    queue: { region: memory.data, offset: at },
    expected: bytesAt(s, b, bytes),
    timeout: readI64(s, c),
    site,
  };
}

function askFill(memory: MemInst, site: Site, at: number, byte: number, size: number): AccessRequest {
  const where: Access = { region: memory.data, offset: at, size, order: 'unord', tearFree: false };
  const actions: AskedAction[] = size === 0 ? [] : [{ kind: 'wr', ...where, written: { fill: byte, length: size } }];
  return { kind: 'access', bounds: within(memory, at + size), actions, site };
}

function askCopy(to: MemInst, from: MemInst, site: Site, at: number, source: number, size: number): AccessRequest {
  const rest = { size, order: 'unord', tearFree: false } as const;
  const actions: AskedAction[] =
    size === 0
      ? []
      : [
          { kind: 'rd', region: from.data, offset: source, ...rest },
          { kind: 'wr-copy', region: to.data, offset: at, ...rest, copies: 0 },
        ];
  const end = (to.addr === from.addr ? Math.max(at, source) : source) + size;
  return { kind: 'access', bounds: within(from, end), actions, site };
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
      return { kind: 'access', bounds: null, actions: [{ kind: 'rd', ...wholeGlobal(global) }], site };
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
      const written = typeof content === 'string' ? bytesAt(thread.words, a, sizeOf(content)) : [thread.words[a]!];
      return { kind: 'access', bounds: null, actions: [{ kind: 'wr', ...wholeGlobal(global), written }], site };
    }
    default:
      return assertNever(global);
  }
}

function wholeGlobal(global: Extract<GlobalInst, { kind: 'mutable' }>): Access {
  const size = globalSize(global.type.content);
  return { region: global.val, offset: 0, size, order: 'unord', tearFree: global.tearFree };
}

function globalSize(content: ValType): number {
  return typeof content === 'string' ? sizeOf(content) : 1;
}

function within(memory: MemInst, end: number): BoundsCheck {
  return { length: memory.length, unit: PAGE_SIZE, end };
}

function memoryOf(module: ModuleInst, memory: number): MemInst {
  return known(module.memories[memory], 'memory');
}

function address(s: Words, a: number, offset: number): number {
  return (s[a]! >>> 0) + offset;
}

function unitsOf(answer: Response): Units {
  assert(answer.kind === 'units', 'an access is answered with units');
  return answer.units;
}
