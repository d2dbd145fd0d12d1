import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { wavmThreads } from '../../../../src/runtime/embed/threads/wavm.ts';
import { compartment, func, instance } from './support.ts';

// As `node --expose-gc`, for this process alone.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const TEXT = `(module
  (type $s (struct (field (mut i32))))
  (type $t (shared (func (param i32))))
  (import "threadTest" "createThread" (func $create (param funcref i32) (result i64)))
  (import "h" "log" (func $log (param externref)))
  (memory (export "m") 16)
  (table (export "table") 4 (ref null any))
  (global $l (export "l") (thread_local mut i64))
  (func $child (type $t) (nop))
  (func $entry (param i32) (result i64) (i64.const 1))
  (elem declare func $entry)
  (func (export "f") (param externref) (result i64)
    (table.set (i32.const 0) (struct.new $s (i32.const 1)))
    (global.set $l (i64.const 5))
    (fork $child (i32.const 1))
    (call $log (local.get 0))
    (call $create (ref.func $entry) (i32.const 1))))`;

/** Uses everything that a compartment has, and lets go of it. */
function useAndForget(name: string, ended: FinalizationRegistry<string>): void {
  const home = compartment({ name });
  const log = (thing: object): void => void known(thing, 'thing');
  const made = instance(home, TEXT, { threadTest: { ...wavmThreads(home) }, h: { log: log as never } });
  const context = home.createContext();
  for (let i = 0; i < 2; i++) func(made, 'f').invoke(context, { name });
  func(instance(home, '(module (func (export "f") (param i32) (result i32) (local.get 0)))'), 'f').invoke(context, 1);
  const other = home.clone();
  func(known(other.counterpart(made), 'copy'), 'f').invoke(context.clone(other), {});
  for (const thing of [home, made, made.inst, context, home.store, other, other.store]) ended.register(thing, name);
}

async function settle(done: () => boolean): Promise<void> {
  for (let i = 0; i < 50 && !done(); i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('compartments without references are collected, with their instances, stores, contexts and clones', async () => {
  const counts = new Map<string, number>();
  const ended = new FinalizationRegistry<string>((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
  for (const name of ['a', 'b', 'c']) useAndForget(name, ended);
  await settle(() => [...counts.values()].reduce((sum, n) => sum + n, 0) === 21);
  expect(Object.fromEntries(counts)).toEqual({ a: 7, b: 7, c: 7 });
});

test('a compartment lives as long as any of its objects does, and is collected on its own', async () => {
  const gone: string[] = [];
  const ended = new FinalizationRegistry<string>((name) => gone.push(name));
  const kept = ((): ReturnType<typeof func>[] => {
    return ['kept', 'let go'].map((name) => {
      const home = compartment({ name });
      ended.register(home, name);
      return func(instance(home, '(module (func (export "f") (result i32) (i32.const 3)))'), 'f');
    });
  })();
  kept.pop();
  await settle(() => gone.length > 0);
  const [f] = kept;
  expect(gone).toEqual(['let go']);
  expect(f?.invoke(f.compartment.createContext())).toBe(3);
});
