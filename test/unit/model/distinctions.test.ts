import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import { known } from '../../../src/base/assert.ts';
import { modelsFolder } from '../../../src/cli/model-files.ts';
import { modelNamed, modelNames } from '../../../src/cli/models.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { explore } from '../../../src/explore/explore.ts';
import { judge } from '../../../src/litmus/judge.ts';
import { loadProgram } from '../../../src/litmus/load.ts';
import { DISTINCTIONS } from '../../../src/model/distinctions.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';

const library = join(modelsFolder(), 'litmus');
const sources = readdirSync(library, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.wast'))
  .map((name) => new Source(name, readFileSync(join(library, name), 'utf8')));

/** What the model says of the litmus test of that name. */
function verdict(name: string, model: string): string {
  const source = known(
    sources.find(({ text }) => text.includes(`(litmus "${name}"`)),
    `litmus test ${name}`,
  );
  const program = loadProgram(source, DEFAULT_READINGS);
  if (!program.ok) throw new Error(`${name} does not load`);
  const result = explore(program.value, makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }), {
    model: modelNamed(model),
    strategy: 'auto',
    readings: DEFAULT_READINGS,
    bounds: { executions: 1_000_000, events: 1_000, returns: 5, milliseconds: null },
    shouldStop: () => false,
    onProgress: () => {},
  });
  const test = known(
    program.value.litmus.find((one) => one.name === name),
    'test',
  );
  return judge(test, result).verdict;
}

describe('what tells a model from its neighbour', () => {
  test.each(DISTINCTIONS)('$model and $beside: $test', ({ model, beside, test: name, allows }) => {
    expect(verdict(name, model)).toBe(allows ? 'allowed' : 'forbidden');
    expect(verdict(name, beside)).toBe(allows ? 'forbidden' : 'allowed');
  });

  test('every model has something', () => {
    expect(new Set(DISTINCTIONS.map(({ model }) => model))).toEqual(new Set(modelNames()));
  });
});
