import { assert, known } from '../base/assert.ts';
import type { Access } from '../event/action.ts';
import type { Addr } from '../event/location.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { sizeOf } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { GlobalInst } from '../runtime/instance.ts';
import { fromUnits, unitsOf } from './bytes.ts';
import type { State } from './config.ts';
import { frameOf } from './config.ts';
import { peek, plain, pop, push } from './operands.ts';
import type { Rule } from './rule.ts';
import { expect, indexOf, siteOf } from './rule.ts';

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
    const global = globalOf(z, instr);
    if (global.kind !== 'mutable') return null;
    const { content } = global.type;
    const site = siteOf(instr, typeof content === 'string' ? content : 'ref');
    return { kind: 'access', bounds: null, actions: [{ kind: 'rd', ...wholeGlobal(global) }], site };
  },
  step(z, instr, answer) {
    const global = globalOf(z, instr);
    switch (global.kind) {
      case 'constant':
        push(z, global.value);
        break;
      case 'thread_local':
        push(z, threadLocal(z, global.addr) ?? global.initial);
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
    const global = globalOf(z, instr);
    if (global.kind !== 'mutable') return null;
    const access = wholeGlobal(global);
    return {
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'wr', ...access, written: unitsOf(peek(z, 0)) }],
      site: siteOf(instr),
    };
  },
  step(z, instr) {
    const global = globalOf(z, instr);
    assert(global.kind !== 'constant', 'only a mutable global is set');
    const v = pop(z);
    if (global.kind === 'thread_local') z.context.set(global.addr, v);
  },
};

function globalOf(z: State, instr: PlainInstr): GlobalInst {
  return known(frameOf(z).func.it.module.globals[indexOf(instr)], 'global');
}

function threadLocal(z: State, addr: Addr): Value | null {
  const value = z.context.get(addr);
  return value === undefined ? null : plain(value);
}

function wholeGlobal({ val, type: { content }, tearFree }: Extract<GlobalInst, { kind: 'mutable' }>): Access {
  const size = typeof content === 'string' ? sizeOf(content) : 1;
  return { region: val, offset: 0, size, order: 'unord', tearFree };
}
