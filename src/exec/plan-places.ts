import { known } from '../base/assert.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import { fieldOffsets, isNarrow } from '../runtime/value-units.ts';
import type { RmwOp } from '../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../syntax/module.ts';
import type { StorageType, ValType } from '../syntax/types.ts';
import { unpacked } from '../syntax/types.ts';
import { memoryOf } from './events-memory.ts';
import type { Place, PlaceShape } from './events-place.ts';
import { pathLength } from './events-place.ts';
import type { WaitPlace } from './events-wait.ts';
import type { Plan } from './plan.ts';
import { atomicOrder, indexOf, secondOf, shownAs } from './plan.ts';
import { isWide } from './plan-memory.ts';
import { elementOf, structOf, typeOf } from './plan-objects.ts';
import { tableIn } from './plan-tables.ts';
import { storedAs } from './stored.ts';

/** A place with what is stored there. */
interface Found<P> {
  readonly place: P;
  readonly storage: StorageType;
  /** Whether a wait there is possible. */
  readonly shared: boolean;
}

/** Plans of accesses of globals, slots, fields and elements, atomic or not; null for others. */
export function planPlace(module: ModuleInst, { op, imm }: PlainInstr): Plan | null {
  if (op === 'global.get') {
    const { content } = known(module.globals[indexOf(imm)], 'global').type;
    const event = { kind: op, global: indexOf(imm) } as const;
    return { params: 0, result: content, shows: shownAs(content), steps: [{ event }] };
  }
  if (op === 'global.set')
    return { params: 1, result: null, shows: null, steps: [{ event: { kind: op, global: indexOf(imm) } }] };
  const [, sort, atomic, rest] =
    /^(global|table|struct|array)\.(atomic\.)?(get|get_s|get_u|set|rmw\.\w+)$/.exec(op) ?? [];
  if (sort === undefined || rest === undefined) return null;
  const { place, storage } = placeIn(module, sort, imm);
  const order = atomic === undefined ? 'unord' : atomicOrder('order' in imm ? imm.order : 'none');
  const tearFree = atomic !== undefined || isNarrow(storage);
  const at = { place, stored: storedAs(storage, rest === 'get_s'), order, tearFree };
  const path = pathLength(place);
  const result: ValType = unpacked(storage);
  const shows = shownAs(storage);
  const plan = (operands: number, event: PlaceShape): Plan => ({
    params: path + operands,
    result: event.kind === 'place.set' ? null : result,
    shows: event.kind === 'place.set' ? null : shows,
    steps: [{ event }],
  });
  if (rest.startsWith('get')) return plan(0, { kind: 'place.get', ...at });
  if (rest === 'set') return plan(1, { kind: 'place.set', ...at });
  const update = rest.slice('rmw.'.length);
  if (update === 'cmpxchg') return plan(2, { kind: 'place.cmpxchg', ...at });
  return plan(1, { kind: 'place.rmw', ...at, op: update as RmwOp });
}

/** Plans of what is done with wait queue objects; null for others. */
export function planWait(module: ModuleInst, { op, imm }: PlainInstr): Plan | null {
  if (op === 'waitqueue.notify')
    return { params: 2, result: 'i32', shows: null, steps: [{ event: { kind: 'waitqueue.notify' } }] };
  const [, sort, bits] = /^(global|table|struct|array|memory)\.wait(32|64)?$/.exec(op) ?? [];
  if (sort === undefined) return null;
  const { place, storage, shared }: Found<WaitPlace> =
    sort === 'memory' ? bytesIn(module, indexOf(imm), bits === '64' ? 'i64' : 'i32') : placeIn(module, sort, imm);
  const event = { kind: 'wait.place', place, stored: storedAs(storage), shared } as const;
  const path = place.kind === 'bytes' ? 1 : pathLength(place);
  return { params: path + 3, result: 'i32', shows: shownAs(storage), steps: [{ event }], contiguous: true };
}

function placeIn(module: ModuleInst, sort: string, imm: Immediate): Found<Place> {
  const x = indexOf(imm);
  switch (sort) {
    case 'global': {
      const { content, share } = known(module.globals[x], 'global').type;
      return { place: { kind: 'global', global: x }, storage: content, shared: share === 'shared' };
    }
    case 'table': {
      const { table, wide } = tableIn(module, x);
      const { elem, share } = known(module.tables[x], 'table').type;
      return { place: { kind: 'slot', table, wide }, storage: elem, shared: share === 'shared' };
    }
    case 'struct': {
      const type = typeOf(module, x);
      const struct = structOf(type);
      const y = secondOf(imm);
      const offset = known(fieldOffsets(struct)[y], 'field');
      const { storage } = known(struct.fields[y], 'field');
      return { place: { kind: 'field', offset }, storage, shared: type.share === 'shared' };
    }
    default: {
      const type = typeOf(module, x);
      return { place: { kind: 'element' }, storage: elementOf(type), shared: type.share === 'shared' };
    }
  }
}

function bytesIn(module: ModuleInst, memory: number, storage: 'i32' | 'i64'): Found<WaitPlace> {
  const shared = memoryOf(module, memory).type.share === 'shared';
  return { place: { kind: 'bytes', memory, wide: isWide(module, memory) }, storage, shared };
}
