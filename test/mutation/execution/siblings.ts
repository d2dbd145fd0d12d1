import type { InstructionRow } from '../../../src/syntax/instructions.ts';
import type { Expr, Instr, Module } from '../../../src/syntax/module.ts';
import { siblings } from '../../property/generators/modules/rows.ts';

/** Mutants that take one instruction for another of the same type. */

/** The next of a row's siblings in the table, round and round, so that each is taken for its neighbour. */
export function neighbours(
  row: InstructionRow,
  count: number,
  rows: readonly InstructionRow[],
): readonly InstructionRow[] {
  const all = siblings(row);
  const at = rows.indexOf(row);
  const after = all.filter((other) => rows.indexOf(other) > at);
  return [...after, ...all.filter((other) => !after.includes(other))].slice(0, count);
}

/** The module with every `op` another instruction, with the same immediates. */
export function withInstead(module: Module, op: string, other: string): Module {
  const each = (instr: Instr): Instr => {
    if (instr.kind === 'plain') return instr.op === op ? { ...instr, op: other } : instr;
    if (instr.kind === 'if') return { ...instr, then: all(instr.then), else: all(instr.else) };
    return { ...instr, body: all(instr.body) };
  };
  const all = (body: Expr): Expr => body.map(each);
  return { ...module, funcs: module.funcs.map((f) => ({ ...f, body: all(f.body) })) };
}
