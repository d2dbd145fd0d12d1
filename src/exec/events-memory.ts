/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { assert, assertNever, known } from '../base/assert.ts';
import type { Access, Order } from '../event/action.ts';
import type { AccessRequest, AskedAction, Request, Response, Site } from '../event/request.ts';
import { unitAt } from '../event/units.ts';
import type { MemInst, ModuleInst } from '../runtime/instance.ts';
import type { RmwOp } from '../syntax/instructions.ts';
import { PAGE_SIZE } from '../syntax/types.ts';
import type { Offset } from './addresses.ts';
import { effectiveAddress, putLength, unsignedAt } from './addresses.ts';
import type { Width } from './code.ts';
import type { Storage } from './events-common.ts';
import { access, bulkCopy, bulkWrite, trap, unitsOf, within } from './events-common.ts';
import type { Words } from './int64.ts';
import { readI64 } from './int64.ts';
import { bytesAt, putBytes } from './values.ts';

/** What an access of a memory's bytes has as immediates. */
export interface MemoryPlace extends Offset {
  readonly memory: number;
  readonly bytes: 1 | 2 | 4 | 8 | 16;
  readonly order: Order;
  readonly atomic: boolean;
}

export type MemoryShape =
  | ({ readonly kind: 'load'; readonly words: Width; readonly signed: boolean } & MemoryPlace)
  | ({ readonly kind: 'store' } & MemoryPlace)
  | ({ readonly kind: 'rmw'; readonly op: RmwOp; readonly words: Width } & MemoryPlace)
  | ({ readonly kind: 'cmpxchg'; readonly words: Width } & MemoryPlace)
  | ({ readonly kind: 'wait' } & MemoryPlace)
  | ({ readonly kind: 'notify' } & MemoryPlace)
  | { readonly kind: 'size'; readonly memory: number; readonly wide: boolean }
  | { readonly kind: 'grow'; readonly memory: number; readonly wide: boolean }
  | { readonly kind: 'fill'; readonly memory: number; readonly wide: boolean }
  /** The destination's bounds, if source and destination are different memories. */
  | ({ readonly kind: 'copy-check' } & MemoryCopy)
  | ({ readonly kind: 'copy' } & MemoryCopy)
  /** memory.init, the segment's bounds being checked. */
  | { readonly kind: 'init'; readonly memory: number; readonly wide: boolean; readonly data: number };

/** Each of the two has an address type; the size is of the narrower. */
interface MemoryCopy {
  readonly to: number;
  readonly from: number;
  readonly toWide: boolean;
  readonly fromWide: boolean;
}

export function askMemory(
  s: Words,
  module: ModuleInst,
  event: MemoryShape & { readonly site: Site },
  a: number,
  b: number,
  c: number,
): Request | null {
  const { site } = event;
  switch (event.kind) {
    case 'load':
      return askLoad(s, module, event, a);
    case 'store':
      return askBytes(s, module, event, a, (where) => ({ kind: 'wr', ...where, written: bytesAt(s, b, event.bytes) }));
    case 'rmw':
      return askBytes(s, module, event, a, (where) => ({
        kind: 'rmw',
        ...where,
        update: { op: event.op, operand: bytesAt(s, b, event.bytes) },
      }));
    case 'cmpxchg':
      return askBytes(s, module, event, a, (where) => ({
        kind: 'rmw',
        ...where,
        update: { op: 'cmpxchg', expected: bytesAt(s, b, event.bytes), replacement: bytesAt(s, c, event.bytes) },
      }));
    case 'wait':
      return askWait(s, memoryOf(module, event.memory), event, a, b, c);
    case 'notify': {
      const memory = memoryOf(module, event.memory);
      const at = effectiveAddress(s, a, event);
      if (at % event.bytes !== 0) return trap('unaligned atomic', site);
      const bounds = within(storageOf(memory), at + event.bytes);
      return { kind: 'notify', bounds, region: memory.data, offset: at, count: s[b]! >>> 0, site };
    }
    case 'size': {
      const { length } = memoryOf(module, event.memory);
      const read: Access = { region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true };
      return access(null, [{ kind: 'rd', ...read }], site);
    }
    case 'grow': {
      const { length, data, type } = memoryOf(module, event.memory);
      const most = event.wide ? MOST_WIDE_PAGES : MOST_PAGES;
      return {
        kind: 'grow',
        length,
        content: data,
        unit: PAGE_SIZE,
        fill: 0,
        delta: unsignedAt(s, a, event.wide),
        max: Number(type.limits.max ?? most),
        site,
      };
    }
    case 'fill': {
      const { wide } = event;
      const size = unsignedAt(s, c, wide);
      const written = { fill: s[b]! & 0xff, length: size };
      return bulkWrite(storageOf(memoryOf(module, event.memory)), unsignedAt(s, a, wide), written, site);
    }
    case 'copy-check': {
      const to = memoryOf(module, event.to);
      if (to.addr === memoryOf(module, event.from).addr) return null;
      const end = unsignedAt(s, a, event.toWide) + unsignedAt(s, c, event.toWide && event.fromWide);
      return access(within(storageOf(to), end), [], site);
    }
    case 'copy':
      return askCopy(s, module, event, a, b, c);
    case 'init': {
      const at = unsignedAt(s, a, event.wide);
      const source = s[b]! >>> 0;
      const size = s[c]! >>> 0;
      const { bytes } = known(module.datas[event.data], 'segment');
      return bulkWrite(storageOf(memoryOf(module, event.memory)), at, bytes.slice(source, source + size), site);
    }
    default:
      return assertNever(event);
  }
}

export function takeMemory(
  s: Words,
  event: MemoryShape & { readonly site: Site },
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
      putLength(s, d, unitAt(unitsOf(answer), 0), event.wide);
      return null;
    case 'grow':
      assert(answer.kind === 'grown', 'a growth is answered');
      putLength(s, d, answer.previous, event.wide);
      return null;
    case 'store':
    case 'fill':
    case 'copy-check':
    case 'copy':
    case 'init':
      return null;
    default:
      return assertNever(event);
  }
}

/** The most pages of a memory [core 3.0, Memory Types]. */
const MOST_PAGES = 2 ** 16;
const MOST_WIDE_PAGES = 2 ** 48;

/** {@link askBytes} of a read; the commonest request, so it is built in one piece. */
function askLoad(s: Words, module: ModuleInst, event: MemoryPlace & { readonly site: Site }, a: number): Request {
  const { bytes, atomic, order, site } = event;
  const { data: region, length } = memoryOf(module, event.memory);
  const offset = effectiveAddress(s, a, event);
  const aligned = offset % bytes === 0;
  if (atomic && !aligned) return trap('unaligned atomic', site);
  const tearFree = atomic || (bytes <= 4 && aligned);
  return {
    kind: 'access',
    bounds: { length, unit: PAGE_SIZE, end: offset + bytes },
    actions: [{ kind: 'rd', region, offset, size: bytes, order, tearFree }],
    site,
  };
}

function askBytes(
  s: Words,
  module: ModuleInst,
  event: MemoryPlace & { readonly site: Site },
  a: number,
  action: (where: Access) => AskedAction,
): Request {
  const { bytes, atomic, order, site } = event;
  const memory = memoryOf(module, event.memory);
  const at = effectiveAddress(s, a, event);
  const aligned = at % bytes === 0;
  if (atomic && !aligned) return trap('unaligned atomic', site);
  const tearFree = atomic || (bytes <= 4 && aligned);
  const where: Access = { region: memory.data, offset: at, size: bytes, order, tearFree };
  return access(within(storageOf(memory), at + bytes), [action(where)], site);
}

function askWait(
  s: Words,
  memory: MemInst,
  event: MemoryPlace & { readonly site: Site },
  a: number,
  b: number,
  c: number,
): Request {
  const { bytes, site } = event;
  const at = effectiveAddress(s, a, event);
  if (at % bytes !== 0) return trap('unaligned atomic', site);
  if (memory.type.share !== 'shared') return trap('expected shared memory', site);
  return {
    kind: 'wait',
    bounds: within(storageOf(memory), at + bytes),
    read: { kind: 'rd', region: memory.data, offset: at, size: bytes, order: 'seqcst', tearFree: true },
    queue: { region: memory.data, offset: at },
    expected: bytesAt(s, b, bytes),
    timeout: readI64(s, c),
    site,
  };
}

function askCopy(
  s: Words,
  module: ModuleInst,
  event: MemoryCopy & { readonly site: Site },
  a: number,
  b: number,
  c: number,
): AccessRequest {
  const [to, from] = [memoryOf(module, event.to), memoryOf(module, event.from)].map(storageOf) as [Storage, Storage];
  const size = unsignedAt(s, c, event.toWide && event.fromWide);
  return bulkCopy(to, from, unsignedAt(s, a, event.toWide), unsignedAt(s, b, event.fromWide), size, event.site);
}

function storageOf({ addr, length, data: contents }: MemInst): Storage {
  return { addr, length, unit: PAGE_SIZE, contents };
}

export function memoryOf(module: ModuleInst, memory: number): MemInst {
  return known(module.memories[memory], 'memory');
}
