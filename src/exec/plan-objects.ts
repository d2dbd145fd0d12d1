import { assert, known } from '../base/assert.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import { unitsOfType } from '../runtime/value-units.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { StorageType, StructType } from '../syntax/types.ts';
import type { DefType } from '../valid/type-ids.ts';
import { closeType } from './casts.ts';
import type { EventShape } from './events.ts';
import type { SegmentKind } from './events-table.ts';
import type { Plan, Step } from './plan.ts';
import { indexOf, REFERENCE, secondOf } from './plan.ts';
import { storedAs } from './stored.ts';

/** Plans of allocations, of instructions on many elements of an array and of those on references alone; null for others. */
export function planObject(module: ModuleInst, instr: PlainInstr): Plan | null {
  const { op, imm } = instr;
  const silent = (params: number, step: Extract<Step, { silent: unknown }>['silent'], isNumber: boolean): Plan => ({
    params,
    result: isNumber ? 'i32' : REFERENCE,
    shows: null,
    steps: [{ silent: step }],
  });
  switch (op) {
    case 'ref.func':
      return silent(0, { kind: op, func: indexOf(imm) }, false);
    case 'ref.test':
      assert(imm.kind === 'ref-type', 'a cast has a type');
      return silent(1, { kind: op, type: closeType(module, imm.type) }, true);
    case 'array.len':
      return silent(1, { kind: op }, true);
    case 'waitqueue.new':
      return allocation(0, { kind: op });
    case 'struct.new': {
      const type = typeOf(module, indexOf(imm));
      const fields = structOf(type).fields.map(({ storage }) => storedAs(storage));
      return allocation(fields.length, { kind: op, type, fields });
    }
    case 'struct.new_default': {
      const type = typeOf(module, indexOf(imm));
      const layout = structOf(type).fields.map(({ storage }) => unitsOfType(storage));
      return allocation(0, { kind: op, type, layout });
    }
    default:
      return op.startsWith('array.') ? planArray(module, instr) : null;
  }
}

function planArray(module: ModuleInst, { op, imm }: PlainInstr): Plan | null {
  if (imm.kind !== 'index' && imm.kind !== 'index-pair') return null;
  const type = typeOf(module, imm.x);
  const storage = elementOf(type);
  const stored = storedAs(storage);
  const write = { result: null, shows: null } as const;
  switch (op) {
    case 'array.new':
      return allocation(2, { kind: op, type, stored });
    case 'array.new_default':
      return allocation(1, { kind: op, type, stored });
    case 'array.new_fixed':
      return allocation(secondOf(imm), { kind: op, type, stored, length: secondOf(imm) });
    case 'array.new_data':
    case 'array.new_elem': {
      const segment = { of: kindOf(op), index: secondOf(imm) };
      return {
        params: 2,
        result: REFERENCE,
        shows: null,
        steps: [
          { event: { kind: 'segment', ...segment, unit: segmentUnit(segment.of, storage) } },
          { event: { kind: 'array.new_segment', type, stored, ...segment } },
        ],
      };
    }
    case 'array.init_data':
    case 'array.init_elem': {
      const segment = { of: kindOf(op), index: secondOf(imm) };
      return {
        ...write,
        params: 4,
        steps: [
          { silent: { kind: 'array.range' }, of: [0, 1, 3] },
          { event: { kind: 'segment', ...segment, unit: segmentUnit(segment.of, storage) }, of: [2, 3] },
          { event: { kind: 'array.init', stored, ...segment } },
        ],
      };
    }
    case 'array.fill':
      return { ...write, params: 4, steps: [{ event: { kind: op, stored } }] };
    case 'array.copy':
      return { ...write, params: 5, steps: [{ event: { kind: op, stored } }] };
    default:
      return null;
  }
}

function allocation(params: number, event: EventShape): Plan {
  return { params, result: REFERENCE, shows: null, steps: [{ event }], contiguous: true };
}

function kindOf(op: string): SegmentKind {
  return op.endsWith('data') ? 'data' : 'elem';
}

/** Of a segment of bytes, an element takes as many as it has. */
function segmentUnit(of: SegmentKind, storage: StorageType): number {
  return of === 'elem' ? 1 : unitsOfType(storage);
}

export function typeOf({ closed }: ModuleInst, x: number): DefType {
  return known(closed[x], 'type');
}

export function structOf({ comp }: DefType): StructType {
  assert(comp.kind === 'struct', 'a structure type');
  return comp;
}

export function elementOf({ comp }: DefType): StorageType {
  assert(comp.kind === 'array', 'an array type');
  return comp.field.storage;
}
