import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const INDEX = new URL('../../../src/index.ts', import.meta.url);

/** The modules that a module imports, as written; types are not imported. */
function importsOf(file: URL): string[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gms),
    ...text.matchAll(/^import '([^']+)'/gm),
  ].map(([, from]) => from ?? '');
}

test('nothing that the public API reaches imports a module of Node’s', () => {
  const seen = new Set([INDEX.href]);
  const outside = new Map<string, string>();
  for (const href of seen) {
    for (const from of importsOf(new URL(href))) {
      if (from.startsWith('.')) seen.add(new URL(from, href).href);
      else outside.set(from, href);
    }
  }
  expect(seen.size).toBeGreaterThan(100);
  expect([...seen].filter((href) => !existsSync(new URL(href)))).toEqual([]);
  expect([...outside.keys()].filter((from) => from.startsWith('node:'))).toEqual([]);
});
