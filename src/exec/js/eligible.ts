import type { WasmFuncInst } from '../../runtime/instance.ts';
import { instructionRow } from '../../syntax/instructions.ts';
import type { BlockType, Expr, Instr } from '../../syntax/module.ts';
import type { FuncType, ValType } from '../../syntax/types.ts';

/** Instructions with rules of their own that compiled code performs. */
const PERFORMED: ReadonlySet<string> = new Set([
  'unreachable',
  'nop',
  'pause',
  'return',
  'br',
  'br_if',
  'br_table',
  'br_on_null',
  'br_on_non_null',
  'call',
  'call_indirect',
  'call_ref',
  'return_call',
  'return_call_indirect',
  'return_call_ref',
  'drop',
  'select',
  'local.get',
  'local.set',
  'local.tee',
  'global.get',
  'global.set',
  'memory.size',
  'memory.grow',
  'memory.fill',
  'memory.copy',
  'memory.init',
  'data.drop',
  'table.get',
  'table.set',
  'table.size',
  'table.grow',
  'table.fill',
  'table.copy',
  'table.init',
  'elem.drop',
  'ref.null',
  'ref.func',
  'ref.is_null',
  'ref.eq',
  'ref.as_non_null',
  'ref.i31',
  'ref.i31_shared',
  'i31.get_s',
  'i31.get_u',
  'any.convert_extern',
  'extern.convert_any',
]);

const KINDS: ReadonlySet<string> = new Set(['numeric', 'const', 'load', 'store', 'rmw', 'cmpxchg', 'fence']);

/** V8 neither parses much deeper blocks nor optimises much longer functions. */
const MOST_BLOCKS = 250;
const MOST_INSTRUCTIONS = 100_000;

/** Whether the function is compiled to JavaScript; the machine runs the others. */
export function isEligible(func: WasmFuncInst): boolean {
  const { type, code } = func;
  if (!areScalars(type) || code.locals.some((local) => local.type === 'v128')) return false;
  const count = { instructions: 0 };
  return areEligible(func, code.body, MOST_BLOCKS, count) && count.instructions <= MOST_INSTRUCTIONS;
}

function areScalars({ params, results }: FuncType): boolean {
  return !params.includes('v128') && !results.includes('v128');
}

function areEligible(func: WasmFuncInst, body: Expr, blocks: number, count: { instructions: number }): boolean {
  return body.every((instr) => isEligibleInstr(func, instr, blocks, count));
}

function isEligibleInstr(func: WasmFuncInst, instr: Instr, blocks: number, count: { instructions: number }): boolean {
  count.instructions++;
  switch (instr.kind) {
    case 'block':
    case 'loop':
      return blocks > 0 && isEligibleType(func, instr.type) && areEligible(func, instr.body, blocks - 1, count);
    case 'if':
      return (
        blocks > 0 &&
        isEligibleType(func, instr.type) &&
        areEligible(func, instr.then, blocks - 1, count) &&
        areEligible(func, instr.else, blocks - 1, count)
      );
    case 'try_table':
      return false;
    case 'plain':
      return isEligiblePlain(func, instr.op, instr.imm);
  }
}

function isEligibleType({ module }: WasmFuncInst, type: BlockType): boolean {
  if (type.kind === 'value') return type.result !== 'v128';
  const comp = module.types[type.type]?.comp;
  return comp?.kind === 'func' && areScalars(comp);
}

function isEligiblePlain(func: WasmFuncInst, op: string, imm: Extract<Instr, { kind: 'plain' }>['imm']): boolean {
  const { module } = func;
  const kind = instructionRow(op)?.meaning.kind;
  if (kind === undefined || !(KINDS.has(kind) || PERFORMED.has(op))) return false;
  if (op === 'v128.const') return false;
  if (op === 'select') return imm.kind !== 'result-types' || !(imm.types ?? []).includes('v128');
  if ((op === 'call' || op === 'return_call') && imm.kind === 'index') {
    const type = module.funcs[imm.x]?.type;
    return type !== undefined && areScalars(type);
  }
  if (op.endsWith('call_indirect') || op.endsWith('call_ref')) {
    const index = imm.kind === 'index-pair' ? imm.y : imm.kind === 'index' ? imm.x : -1;
    const comp = module.types[index]?.comp;
    return comp?.kind === 'func' && areScalars(comp);
  }
  if ((op === 'global.get' || op === 'global.set') && imm.kind === 'index')
    return (module.globals[imm.x]?.type.content as ValType | undefined) !== 'v128';
  return true;
}
