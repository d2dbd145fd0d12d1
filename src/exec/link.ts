import { assert, known } from '../base/assert.ts';
import type { FuncInst, HostFuncInst, ModuleInst, WasmFuncInst } from '../runtime/instance.ts';
import type { Refs } from '../runtime/references.ts';
import type { Func } from '../syntax/module.ts';
import type { Code, Linked } from './code.ts';
import { compile } from './compile.ts';

const codeOf = new WeakMap<Func, Code>();
const linkedOf = new WeakMap<WasmFuncInst, Linked>();
const calleesOf = new WeakMap<ModuleInst, (Linked | undefined)[]>();
const targetsOf = new WeakMap<Refs, (Linked | undefined)[]>();

/** The compiled function of an instance. A function is compiled once for all instances of its module. */
export function link(func: WasmFuncInst): Linked {
  return held(linkedOf, func, () => ({
    func,
    code: held(codeOf, func.code, () => compile(func)),
    module: func.module,
    callees: held(calleesOf, func.module, () => []),
    targets: held(targetsOf, func.module.refs, () => []),
  }));
}

/** The value of a key, made when it is first wanted. */
function held<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** The module's function f; filled in among the callees if it is Wasm's. */
export function calleeOf(caller: Linked, f: number): Linked | HostFuncInst {
  const func = known(caller.module.funcs[f], 'function');
  if (func.kind === 'host') return func;
  const callee = link(func);
  caller.callees[f] = callee;
  return callee;
}

/** The function whose reference has this id; filled in among the targets if it is Wasm's. */
export function targetOf(caller: Linked, id: number): Linked | HostFuncInst {
  const before = caller.targets[id];
  if (before !== undefined) return before;
  const func = funcOf(caller.module.refs, id);
  if (func.kind === 'host') return func;
  const target = link(func);
  caller.targets[id] = target;
  return target;
}

function funcOf(refs: Refs, id: number): FuncInst {
  const reference = refs.get(id);
  assert(reference.kind === 'func', 'a function is called');
  return reference.func;
}
