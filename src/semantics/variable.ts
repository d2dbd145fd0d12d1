import { assert, known } from '../base/assert.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { Value } from '../syntax/values.ts';
import type { GlobalInst } from '../runtime/instance.ts';
import { fromUnits, toUnits } from '../runtime/value-units.ts';
import { shownStorage } from './bytes.ts';
import type { State } from './config.ts';
import { frameOf } from './config.ts';
import { peek, plain, pop, push } from './operands.ts';
import { accessTo, globalPlace, readOf } from './place.ts';
import type { Rule } from './rule.ts';
import { expect, indexOf, siteOf } from './rule.ts';

type ThreadLocalGlobal = Extract<GlobalInst, { readonly kind: 'thread_local' }>;

/**
 * @rule Step/local.get
 *
 *     f; local.get x ↪ f.local(x)
 */
export const stepLocalGet: Rule<PlainInstr> = {
  id: 'Step/local.get',
  source: 'core, Variable Instructions',
  step(z, instr) {
    push(z, plain(known(frameOf(z).locals[indexOf(instr)], 'local')));
  },
};

/**
 * @rule Step/local.set
 *
 *     f; v (local.set x) ↪ f[local(x) := v]; ε
 */
export const stepLocalSet: Rule<PlainInstr> = {
  id: 'Step/local.set',
  source: 'core, Variable Instructions',
  step(z, instr) {
    frameOf(z).locals[indexOf(instr)] = pop(z);
  },
};

/**
 * @rule Step/local.tee
 *
 *     f; v (local.tee x) ↪ f[local(x) := v]; v
 */
export const stepLocalTee: Rule<PlainInstr> = {
  id: 'Step/local.tee',
  source: 'core, Variable Instructions',
  step(z, instr) {
    frameOf(z).locals[indexOf(instr)] = peek(z, 0);
  },
};

/**
 * A mutable global is in the world; a constant's value is in its instance, a thread-local's in the thread's context.
 *
 * @rule Step/global.get
 *
 *     f; global.get x ↪(rd a.val v)  v              (if a = f.global(x), mutable)
 *     f; global.get x ↪              v              (if a = f.global(x), constant v)
 *     f; global.get x ↪              context(a)     (if a = f.global(x), thread_local)
 */
export const stepGlobalGet: Rule<PlainInstr> = {
  id: 'Step/global.get',
  source: 'OOPSLA19 Fig. 4; shared-everything-threads, Thread-local storage',
  ask(z, instr) {
    const global = globalOf(z, indexOf(instr));
    if (global.kind !== 'mutable') return null;
    return readOf(globalPlace(global), 'unord', siteOf(instr, shownStorage(global.type.content))).request;
  },
  step(z, instr, answer) {
    const global = globalOf(z, indexOf(instr));
    switch (global.kind) {
      case 'constant':
        push(z, global.value);
        break;
      case 'thread_local':
        push(z, threadLocal(z, global));
        break;
      case 'mutable':
        push(z, fromUnits(global.type.content, expect(answer, 'units').units));
        break;
    }
  },
};

/**
 * @rule Step/global.set
 *
 *     f; v (global.set x) ↪(wr a.val v)  ε                         (if a = f.global(x), mutable)
 *     f; v (global.set x) ↪              context[a := v]; ε        (if a = f.global(x), thread_local)
 */
export const stepGlobalSet: Rule<PlainInstr> = {
  id: 'Step/global.set',
  source: 'OOPSLA19 Fig. 4; shared-everything-threads, Thread-local storage',
  ask(z, instr) {
    const global = globalOf(z, indexOf(instr));
    if (global.kind !== 'mutable') return null;
    const written = toUnits(peek(z, 0));
    return accessTo(globalPlace(global), 'unord', siteOf(instr), (access) => ({ kind: 'wr', ...access, written }))
      .request;
  },
  step(z, instr) {
    const global = globalOf(z, indexOf(instr));
    assert(global.kind !== 'constant', 'only a mutable global is set');
    const v = pop(z);
    if (global.kind === 'thread_local') z.context.set(global.addr, v);
  },
};

export function globalOf(z: State, x: number): GlobalInst {
  return known(frameOf(z).func.it.module.globals[x], 'global');
}

/** The thread's own value of a thread-local global. */
export function threadLocal(z: State, { addr, initial }: ThreadLocalGlobal): Value {
  const value = z.context.get(addr);
  return value === undefined ? initial : plain(value);
}
