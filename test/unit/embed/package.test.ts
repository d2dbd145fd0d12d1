import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The package as it is built: what programs import. */
const ROOT = new URL('../../../', import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
};

const file = (name: string): URL => new URL(exports[name]?.default ?? 'missing', ROOT);

type Api = typeof import('../../../src/index.ts');
type NodeApi = typeof import('../../../src/embed/workers/node.ts');

test('what the package exports is built, and its main part has nothing of Node’s', () => {
  expect(Object.keys(exports)).toEqual(['.', './node']);
  for (const name of Object.keys(exports)) expect(existsSync(file(name))).toBe(true);
  expect(readFileSync(file('.'), 'utf8')).not.toMatch(/(?:from|import|require)\s*\(?\s*["']node:/);
});

test('compartments, and contexts in workers, from the package', async () => {
  const { createCompartment } = (await import(file('.').href)) as Api;
  const { nodeWorkers } = (await import(file('./node').href)) as NodeApi;
  const home = createCompartment({ workers: nodeWorkers() });
  const made =
    home.instantiate(`(module (memory (export "m") 1 1 shared) (type $f (shared (func (param i32) (result i32))))
    (func (export "f") (type $f) (i32.atomic.rmw.add (i32.const 0) (local.get 0))))`);
  const f = made.ok ? made.value.func('f') : null;
  expect(f?.invoke(home.createContext(), 3)).toBe(0);
  const worker = home.worker();
  expect(f === null ? null : await worker.call(f, [4])).toEqual({
    kind: 'return',
    values: [{ type: 'i32', value: 3 }],
  });
  worker.terminate();
  expect(f?.invoke(home.createContext(), 0)).toBe(7);
});
