import type { Expr, Module } from '../../syntax/module.ts';
import type { ModuleInst } from '../instance.ts';

/** Whether code of an instance may start, join or end threads: it forks, or imports a host function that asks. */
export function makesThreads({ module: { module }, funcs }: ModuleInst): boolean {
  return forks(module) || funcs.some((func) => func.kind === 'host' && func.asks !== undefined);
}

const forking = new WeakMap<Module, boolean>();

function forks(module: Module): boolean {
  let found = forking.get(module);
  if (found === undefined) {
    found = module.funcs.some(({ body }) => mentionsFork(body));
    forking.set(module, found);
  }
  return found;
}

function mentionsFork(body: Expr): boolean {
  const open: Expr[] = [body];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const instr of next) {
      if (instr.kind === 'plain') {
        if (instr.op === 'fork') return true;
      } else if (instr.kind === 'if') open.push(instr.then, instr.else);
      else open.push(instr.body);
    }
  }
  return false;
}
