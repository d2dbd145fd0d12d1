import { assert, known } from '../base/assert.ts';
import type { Readings } from '../syntax/readings.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { printValue } from '../syntax/print-values.ts';
import type { Value } from '../syntax/values.ts';
import { callStart } from '../runtime/call-start.ts';
import { MAX_CALL_DEPTH } from '../runtime/executor.ts';
import type { FuncInst } from '../runtime/instance.ts';
import { Atom } from './atom.ts';
import { defaultOf } from './bytes.ts';
import type { Admin, Config, State } from './config.ts';
import { frameOf } from './config.ts';
import { peek, popMany, push } from './operands.ts';
import type { Rule } from './rule.ts';
import { indexOf, siteOf, trap } from './rule.ts';

type Invoke = Extract<Admin, { kind: 'invoke' }>;
type HostReturn = Extract<Admin, { kind: 'host' }>;

/**
 * @rule Step/call
 *
 *     f; v^n (call x) ↪ v^n (call′ a)    (if a = f.func(x) : t1^n → t2*)
 */
export const stepCall: Rule<PlainInstr> = {
  id: 'Step/call',
  source: 'OOPSLA19 Fig. 7',
  step(z, instr) {
    const func = funcOf(z, instr);
    const args = popMany(z, func.type.params.length);
    z.admin = { kind: 'invoke', func: atomOf(func), args, site: siteOf(instr) };
  },
};

/**
 * @rule Step/invoke
 *
 *     v^n (call′ a) ↪ frame{m, local v^n default_t*} label_k{ε} e* end end
 *                              (if s(a) = func m (t1^n → t2^k) local t* e*)
 *     v^n (call′ a) ↪ trap     (if MAX_CALL_DEPTH frames are there)
 */
export const stepInvoke: Rule<Invoke> = {
  id: 'Step/invoke',
  source: 'OOPSLA19 Fig. 7; core, Invocation of function address a',
  step(z, { func, args, site }) {
    const { it } = func;
    assert(it.kind === 'wasm', 'a Wasm function');
    if (z.frames.length >= MAX_CALL_DEPTH) {
      trap(z, 'call stack exhausted', site);
      return;
    }
    z.frames.push({
      func: new Atom(it, it.key),
      locals: [...args, ...it.code.locals.map((local) => defaultOf(local.type))],
      labels: [{ arity: it.type.results.length, target: 'end', code: new Atom(it.code.body), next: 0, values: [] }],
    });
  },
};

/**
 * @rule Step/invoke-host
 *
 *     v^n (call′ a) ↪ host′ v^n v′*    (if s(a) = host function g, v′* = g(v^n))
 */
export const stepInvokeHost: Rule<Invoke> = {
  id: 'Step/invoke-host',
  source: 'core, Host Functions',
  step(z, { func, args, site }) {
    const { it } = func;
    assert(it.kind === 'host', 'a host function');
    const results = it.call(args);
    z.admin = { kind: 'host', name: it.name, args: args.map(printValue), results: [...results], site };
  },
};

/**
 * @rule Step/host-return
 *
 *     host′ v^n v′* ↪(host g v^n) v′*
 */
export const stepHostReturn: Rule<HostReturn> = {
  id: 'Step/host-return',
  source: 'core, Host Functions',
  ask(_, { name, args, site }) {
    return { kind: 'host', name, args, site };
  },
  step(z, { results }) {
    deliver(z, results);
  },
};

/**
 * The new thread calls the function; this one goes on. @ours as an instruction of the surface language.
 *
 * @rule Step/fork
 *
 *     s; f; v^n (fork x) ↪ fork′ (v^n (call′ a))    (if a = f.func(x), type(s(a)) = shared t^n → ε)
 *     s; (E[fork′ e*])^h p* ↪ s; (E[ε])^h′ (e*)^h p*
 */
export function stepFork(readings: Readings): Rule<PlainInstr> {
  return {
    id: 'Step/fork',
    source: 'OOPSLA19 Fig. 10, 11',
    ask(z, instr) {
      const func = funcOf(z, instr);
      const arity = func.type.params.length;
      const args = func.type.params.map((_, i) => peek(z, arity - 1 - i));
      const locals = readings['thread-local'] === 'inherit' ? z.context : new Map();
      return { kind: 'fork', start: callStart(func, args, locals), name: null, site: siteOf(instr) };
    },
    step(z, instr) {
      popMany(z, funcOf(z, instr).type.params.length);
    },
  };
}

/** Gives a function's results to its caller; without a caller, the thread is done. */
export function deliver(z: Config, results: readonly Value[]): void {
  if (z.frames.length === 0) z.admin = { kind: 'done', results };
  else push(z, ...results);
}

/** A function as an atom; functions with the same key are the same. */
export function atomOf(func: FuncInst): Atom<FuncInst> {
  return new Atom(func, func.key);
}

function funcOf(z: State, instr: PlainInstr): FuncInst {
  return known(frameOf(z).func.it.module.funcs[indexOf(instr)], 'function');
}
