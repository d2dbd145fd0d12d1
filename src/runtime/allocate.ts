import type { WriteAction } from '../event/action.ts';
import type { Addr, Region } from '../event/location.ts';
import { regionOf } from '../event/location.ts';
import { unitAt } from '../event/units.ts';
import type { Readings } from '../syntax/readings.ts';
import type { GlobalType, MemType, TableType } from '../syntax/types.ts';
import { PAGE_SIZE, sizeOf } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { NULL } from '../syntax/values.ts';
import type { GlobalInst, MemInst, TableInst } from './instance.ts';
import { toUnits } from './value-units.ts';

/** Memories, tables, globals and segments at an address, and the `init` writes of their first contents [core 3.0, Allocation]. */

export function allocMemory(addr: Addr, type: MemType, writes: WriteAction[]): MemInst {
  const memory: MemInst = { addr, type, length: regionOf(addr, 'length'), data: regionOf(addr, 'data') };
  const pages = Number(type.limits.min);
  writes.push(initUnits(memory.length, [pages]), ...initFill(memory.data, pages * PAGE_SIZE));
  return memory;
}

/** A table whose slots hold the reference with the id `initial`. */
export function allocTable(addr: Addr, type: TableType, writes: WriteAction[], initial = NULL.id): TableInst {
  const table: TableInst = { addr, type, length: regionOf(addr, 'length'), elem: regionOf(addr, 'elem') };
  const slots = Number(type.limits.min);
  writes.push(initUnits(table.length, [slots]), ...initFill(table.elem, slots, initial));
  return table;
}

/** Only a passive segment has something left after instantiation. */
export function allocSegment(
  addr: Addr,
  mode: 'passive' | 'declarative' | 'active',
  size: number,
  writes: WriteAction[],
): Region {
  const length = regionOf(addr, 'length');
  writes.push(initUnits(length, [mode === 'passive' ? size : 0]));
  return length;
}

/** A global of the kind that its type says; only a mutable one that is not thread-local is in the world. */
export function allocGlobal(
  addr: Addr,
  type: GlobalType,
  value: Value,
  writes: WriteAction[],
  readings: Readings,
): GlobalInst {
  if (type.share === 'thread_local') return { kind: 'thread_local', addr, type, initial: value };
  if (!type.mutable) return { kind: 'constant', addr, type, value };
  const val = regionOf(addr, 'val');
  const units = toUnits(value);
  writes.push(
    initUnits(
      val,
      Array.from({ length: units.length }, (_, i) => unitAt(units, i)),
    ),
  );
  const narrow = typeof type.content !== 'string' || sizeOf(type.content) <= 4;
  return { kind: 'mutable', addr, type, val, tearFree: narrow || readings['global-tearing'] === 'never' };
}

function initUnits(region: Region, written: readonly number[]): WriteAction {
  return { kind: 'wr', region, offset: 0, size: written.length, order: 'init', tearFree: true, written };
}

/** Zeroes, or equal references, if there are any. */
function initFill(region: Region, length: number, fill = 0): WriteAction[] {
  if (length === 0) return [];
  return [{ kind: 'wr', region, offset: 0, size: length, order: 'init', tearFree: false, written: { fill, length } }];
}
