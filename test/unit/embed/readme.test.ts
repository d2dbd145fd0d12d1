import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { createCompartment } from '../../../src/index.ts';

/** What an example prints. */
function show(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(show).join()}]` : String(value);
}

test('the example of the room’s README runs and prints what it says', () => {
  const text = readFileSync(new URL('../../../src/embed/README.md', import.meta.url), 'utf8');
  const [, code, printed] = known(/```js example\n(.*?)```\n\n((?: {4}[^\n]*\n)+)/s.exec(text) ?? undefined, 'example');
  const lines: string[] = [];
  const print = (...values: unknown[]): void => void lines.push(values.map(show).join(' '));
  const body = known(code, 'code').replace("import { createCompartment } from 'weft';\n", '');
  runInNewContext(`(() => {${body}})()`, { createCompartment, print });
  expect(lines).toEqual(
    known(printed, 'output')
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(4)),
  );
});
