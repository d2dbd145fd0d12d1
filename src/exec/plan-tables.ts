import type { ModuleInst } from '../runtime/instance.ts';
import { known } from '../base/assert.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { tableOf } from './events-table.ts';
import type { Plan, Step } from './plan.ts';
import { indexOf, REFERENCE, secondOf } from './plan.ts';

/** Plans of instructions on whole tables and on segments; null for others. */
export function planTable(module: ModuleInst, { op, imm }: PlainInstr): Plan | null {
  const write = { params: 3, result: null, shows: null } as const;
  switch (op) {
    case 'table.size': {
      const { table, wide, address } = tableIn(module, indexOf(imm));
      return { params: 0, result: address, shows: 'i32', steps: [{ event: { kind: 'table.size', table, wide } }] };
    }
    case 'table.grow': {
      const { table, wide, address } = tableIn(module, indexOf(imm));
      return { params: 2, result: address, shows: null, steps: [{ event: { kind: 'table.grow', table, wide } }] };
    }
    case 'table.fill': {
      const { table, wide } = tableIn(module, indexOf(imm));
      return { ...write, steps: [{ event: { kind: 'table.fill', table, wide } }] };
    }
    case 'table.copy': {
      const { table: to, wide: toWide } = tableIn(module, indexOf(imm));
      const { table: from, wide: fromWide } = tableIn(module, secondOf(imm));
      const copy = { to, from, toWide, fromWide };
      const check: Step = { event: { kind: 'table.copy-check', ...copy } };
      return { ...write, steps: [...(to === from ? [] : [check]), { event: { kind: 'table.copy', ...copy } }] };
    }
    case 'table.init': {
      const { table, wide } = tableIn(module, indexOf(imm));
      const elem = secondOf(imm);
      const steps: Step[] = [
        { event: { kind: 'segment', of: 'elem', index: elem, unit: 1 }, of: [1, 2] },
        { event: { kind: 'table.init', table, wide, elem } },
      ];
      return { ...write, steps };
    }
    case 'elem.drop':
    case 'data.drop': {
      const of = op === 'elem.drop' ? 'elem' : 'data';
      return { params: 0, result: null, shows: null, steps: [{ event: { kind: 'drop', of, index: indexOf(imm) } }] };
    }
    case 'call_indirect':
    case 'return_call_indirect': {
      const { table, wide } = tableIn(module, indexOf(imm));
      const type = known(module.closed[secondOf(imm)], 'type');
      const steps: Step[] = [{ event: { kind: 'callee', table, wide, type } }];
      return { params: 1, result: REFERENCE, shows: 'ref', steps };
    }
    default:
      return null;
  }
}

export function tableIn(
  module: ModuleInst,
  table: number,
): { readonly table: number; readonly wide: boolean; readonly address: 'i32' | 'i64' } {
  const { addr } = tableOf(module, table).type;
  return { table, wide: addr === 'i64', address: addr };
}
