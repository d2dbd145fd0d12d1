import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import type { Global } from '../../../../src/runtime/embed/global.ts';
import { DEFAULT_READINGS } from '../../../../src/syntax/readings.ts';
import { compartment, func, instance } from './support.ts';

const TYPES = ['i32', 'i64', 'f32', 'f64', 'v128', 'externref'] as const;
const SAMPLES: Readonly<Record<(typeof TYPES)[number], unknown>> = {
  i32: -5,
  i64: -(2n ** 63n),
  f32: -0.5,
  f64: 1e300,
  v128: 2n ** 128n - 2n,
  externref: 'a string',
};
const ALL = `(module ${TYPES.map((t) => {
  const type = t === 'externref' ? '(ref null (shared extern))' : t;
  return `(global $${t} (export "${t}") (thread_local mut ${type}))
    (func (export "set ${t}") (param ${type}) (global.set $${t} (local.get 0)))
    (func (export "get ${t}") (result ${type}) (global.get $${t}))`;
}).join('\n')})`;

describe('thread-locals', () => {
  const home = compartment();
  const all = instance(home, ALL);
  const global = (name: string): Global => known(all.global(name), name);

  test.each(TYPES)('of type %s are set by code and read by the host, and the other way round', (t) => {
    const [a, b] = [home.createContext(), home.createContext()];
    const initial = global(t).value(a);
    func(all, `set ${t}`).invoke(a, SAMPLES[t]);
    expect(global(t).value(a)).toBe(SAMPLES[t]);
    expect(global(t).set(b, SAMPLES[t])).toEqual({ ok: true, value: null });
    expect(func(all, `get ${t}`).invoke(b)).toBe(SAMPLES[t]);
    func(all, `set ${t}`).invoke(a, initial);
    expect([global(t).value(a), global(t).value(b), a.locals.size, b.locals.size]).toEqual([initial, SAMPLES[t], 0, 1]);
  });

  test('are views of a block: sizes, keys, values and entries agree', () => {
    const context = home.createContext();
    for (const t of ['i32', 'v128', 'f64'] as const) global(t).set(context, SAMPLES[t]);
    const { locals } = context;
    const addrs = ['i32', 'f64', 'v128'].map((t) => global(t).inst.addr);
    expect([...locals.keys()]).toEqual(addrs);
    expect([...locals.values()].map((value) => value.type)).toEqual(['i32', 'f64', 'v128']);
    expect(new Map(locals)).toEqual(new Map(addrs.map((addr) => [addr, locals.get(addr)])));
    const seen: unknown[] = [];
    locals.forEach((value, addr) => seen.push([addr, value]));
    expect(seen).toEqual([...locals]);
    expect([locals.has(global('i64').inst.addr), locals.get(global('i64').inst.addr)]).toEqual([false, undefined]);
    // A view keeps what it showed.
    global('i32').set(context, 6);
    expect(locals.get(global('i32').inst.addr)).toEqual({ type: 'i32', value: -5 });
  });

  test('that come later have their initial values in old contexts', () => {
    const context = home.createContext();
    global('i32').set(context, 1);
    const readings = { ...DEFAULT_READINGS, 'thread-local-init': 'constant' } as const;
    const other = compartment({ readings });
    const first = instance(other, '(module (global (export "g") (thread_local mut i32) (i32.const 4)))');
    const early = other.createContext();
    known(first.global('g'), 'g').set(early, 5);
    const later = instance(
      other,
      '(module (global (export "g") (thread_local mut i64) (i64.const 6)) (func (export "f") (result i64) (global.get 0)))',
    );
    expect(func(later, 'f').invoke(early)).toBe(6n);
    known(later.global('g'), 'g').set(early, 7n);
    expect([known(first.global('g'), 'g').value(early), func(later, 'f').invoke(early)]).toEqual([5, 7n]);
    expect(known(first.global('g'), 'g').value(other.createContext())).toBe(4);
  });

  test('cost no context anything until they are written, and then eight bytes', () => {
    const many = compartment();
    const globals = Array.from({ length: 100 }, (_, i) => `(global (export "g${i}") (thread_local mut i64))`).join(' ');
    const g = known(instance(many, `(module ${globals})`).global('g99'), 'g');
    const context = many.createContext();
    const clone = context.clone();
    g.set(context, 1n);
    g.set(context, 2n);
    expect([g.value(context), g.value(clone), context.bytes, clone.bytes]).toEqual([2n, 0n, 800, 0]);
    expect(context.clone().bytes).toBe(800);
  });
});
