import { known } from '../../base/assert.ts';
import type { FuncInst, ModuleInst, WasmFuncInst } from '../../runtime/instance.ts';
import type { Expr, Instr, PlainInstr } from '../../syntax/module.ts';
import type { ValType } from '../../syntax/types.ts';

/**
 * Why a worker cannot run a function, in a sentence; null if it can. JavaScript's workers have bytes in common and nothing else: no object, and
 * so no reference, table of references, structure, array, exception or function. Looked at is everything that the function reaches by calls.
 */
export function whyNotShareable(func: FuncInst): string | null {
  const seen = new Set<FuncInst>([func]);
  for (const each of seen) {
    const why =
      each.kind === 'host' ? `host function ${each.name} stays with the thread that made it` : inBody(each, seen);
    if (why !== null) return why;
  }
  return null;
}

function inBody(func: WasmFuncInst, reached: Set<FuncInst>): string | null {
  const name = nameOf(func);
  if (func.share !== 'shared') return `${name} is not shared: only the thread that instantiates may call it`;
  const { params, results } = func.type;
  if ([...params, ...results, ...func.code.locals.map(({ type }) => type)].some(isReference))
    return `${name} handles references, and workers have no objects in common`;
  const open: Expr[] = [func.code.body];
  for (let body = open.pop(); body !== undefined; body = open.pop()) {
    for (const instr of body) {
      const why = inInstr(func.module, instr, reached);
      if (why !== null) return `${name} ${why}`;
      if (instr.kind === 'if') open.push(instr.then, instr.else);
      else if (instr.kind !== 'plain') open.push(instr.body);
    }
  }
  return null;
}

function inInstr(module: ModuleInst, instr: Instr, reached: Set<FuncInst>): string | null {
  if (instr.kind === 'try_table')
    return 'catches exceptions, and these are objects, which workers do not have in common';
  return instr.kind === 'plain' ? inPlain(module, instr, reached) : null;
}

function inPlain(module: ModuleInst, { op, imm }: PlainInstr, reached: Set<FuncInst>): string | null {
  const index = imm.kind === 'index' || imm.kind === 'order-index' ? imm.x : -1;
  if (op === 'call' || op === 'return_call') {
    reached.add(known(module.funcs[index], 'function'));
    return null;
  }
  if (op === 'fork') return 'forks: in workers, the embedder starts the threads';
  if (op === 'throw' || op === 'throw_ref')
    return `has ${op}, and exceptions are objects, which workers do not have in common`;
  if (op === 'data.drop' || op === 'memory.init')
    return `has ${op}, and whether a segment was dropped is known to the thread that instantiates alone`;
  if (op.startsWith('global.')) {
    const global = known(module.globals[index], 'global');
    return isReference(global.type.content) ? `uses a global of references, which workers cannot have in common` : null;
  }
  return REFERENCES.test(op) ? `has ${op}, and references are to objects, which workers do not have in common` : null;
}

const REFERENCES =
  /^(ref|table|elem|struct|array|i31|any|extern|waitqueue|call_ref|call_indirect|return_call_ref|return_call_indirect|br_on_)/;

function isReference(t: ValType): boolean {
  return typeof t !== 'string';
}

function nameOf({ code, index }: WasmFuncInst): string {
  return code.id === null ? `function ${index}` : `function $${code.id}`;
}
