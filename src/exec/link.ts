import { known } from '../base/assert.ts';
import type { FuncInst, ModuleInst, WasmFuncInst } from '../runtime/instance.ts';
import type { Func } from '../syntax/module.ts';
import type { Code, Linked } from './code.ts';
import { compile } from './compile.ts';

const codeOf = new WeakMap<Func, Code>();
const linkedOf = new WeakMap<WasmFuncInst, Linked>();
const calleesOf = new WeakMap<ModuleInst, (Linked | undefined)[]>();

/** The compiled function of an instance. A function is compiled once for all instances of its module. */
export function link(func: WasmFuncInst): Linked {
  let linked = linkedOf.get(func);
  if (linked === undefined) {
    let code = codeOf.get(func.code);
    if (code === undefined) {
      code = compile(func);
      codeOf.set(func.code, code);
    }
    let callees = calleesOf.get(func.module);
    if (callees === undefined) {
      callees = [];
      calleesOf.set(func.module, callees);
    }
    linked = { func, code, module: func.module, callees };
    linkedOf.set(func, linked);
  }
  return linked;
}

/** The module's function f; filled in among the callees if it is Wasm's. */
export function calleeOf(caller: Linked, f: number): Linked | Extract<FuncInst, { kind: 'host' }> {
  const func = known(caller.module.funcs[f], 'function');
  if (func.kind === 'host') return func;
  const callee = link(func);
  caller.callees[f] = callee;
  return callee;
}
