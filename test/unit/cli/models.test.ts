import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { models } from '../../../src/cli/commands/models.ts';
import { EXIT, UsageError } from '../../../src/cli/exit.ts';
import { exploreJob } from '../../../src/cli/explore-job.ts';
import type { ExploreDone } from '../../../src/cli/explore-job.ts';
import { ModelFileError, modelsFolder } from '../../../src/cli/model-files.ts';
import { catModel, modelNamed, modelNames, shippedFile } from '../../../src/cli/models.ts';
import { VIEWS } from '../../../src/model/cat/views.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';

const folder = mkdtempSync(join(tmpdir(), 'weft-models-'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a command prints on stdout, and its code. */
function printed(run: () => number): { readonly out: string; readonly code: number } {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const code = run();
  vi.restoreAllMocks();
  return { out, code };
}

function failure(run: () => unknown): UsageError {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return expect.fail('no error');
}

/** Explores a litmus test of the library. */
function exploring(test: string, model: string): ExploreDone {
  const path = join(modelsFolder(), 'litmus', test);
  const spec = {
    name: 'test',
    path,
    text: readFileSync(path, 'utf8'),
    model,
    strategy: 'auto',
    readings: DEFAULT_READINGS,
    maxExecutions: 100_000,
    maxEvents: 1_000,
    maxReturns: 5,
    maxSteps: 1_000_000,
    milliseconds: null,
    megabytes: 1_000,
    parts: null,
    bytes: null,
    invoke: null,
    draw: { svg: false, dot: false, unicode: false, outcome: null },
    herd: false,
    color: false,
  } as const;
  return exploreJob(spec, { shouldStop: () => false, onProgress: () => {}, memory: null });
}

const WASM = readFileSync(shippedFile('wasm'), 'utf8');

describe('an option’s model', () => {
  test.each(modelNames())('%s ships, and is a file', (name) => {
    expect(modelNamed(name).name).toBe(name);
    const cat = catModel(name);
    expect(cat.name).toBe(name);
    for (const text of [cat.title, cat.source, cat.about]) expect(text.length).toBeGreaterThan(4);
  });

  test('is native where it can be', () => {
    expect(modelNamed('wasm')).not.toBe(catModel('wasm'));
    expect(modelNamed('rc11')).toBe(catModel('rc11'));
  });

  test('may be a file by its ending or its path', () => {
    const mine = modelNamed(file('mine.cat', WASM));
    expect(mine).toMatchObject({ name: 'mine', title: catModel('wasm').title });
    expect(modelNamed(file('no-ending', 'irreflexive po as order')).axioms).toMatchObject([{ name: 'order' }]);
  });

  test('includes files beside it before those of the library', () => {
    file('cos.cat', 'let co = 0\nlet fr = 0\nlet coe = 0\nlet fre = 0');
    const own = modelNamed(file('own.cat', readFileSync(shippedFile('x86-tso'), 'utf8')));
    expect(own.axioms).toHaveLength(3);
    expect(
      modelNamed(file('fences.cat', 'X86 F\ninclude "x86fences.cat"\nacyclic mfence as order')).axioms,
    ).toHaveLength(1);
  });

  test('may be read under another view than its own', () => {
    const path = file('plain.cat', 'acyclic po | rf as order');
    expect(catModel(path).view.name).toBe('Wasm');
    expect(catModel(`C:${path}`).view.name).toBe('C');
  });

  test('is complained of by name, by path, and by place', () => {
    expect(failure(() => modelNamed('x87')).message).toContain("unknown model 'x87'; there are: wasm, ");
    expect(failure(() => modelNamed('nowhere/x.cat'))).toMatchObject({ code: EXIT.usage });
    const invalid = failure(() => modelNamed(file('invalid.cat', 'let a = po | nothing\nacyclic a as order')));
    expect(invalid).toBeInstanceOf(ModelFileError);
    expect(invalid).toMatchObject({ code: EXIT.refuted });
    expect(invalid.message).toContain('invalid.cat:1:14: error: invalid: unknown name nothing');
    const malformed = failure(() => modelNamed(file('malformed.cat', 'let a = (po |\n')));
    expect(malformed).toMatchObject({ code: EXIT.usage });
  });
});

describe('weft models', () => {
  test('lists the models that ship, with what tells them apart', () => {
    const { out, code } = printed(() => models([], {}));
    expect(code).toBe(EXIT.holds);
    for (const name of modelNames())
      expect(out).toContain(`\n  ${modelNamed(name) === catModel(name) ? '' : 'native, and '}models/${name}.cat`);
    expect(out).toContain('  allows SB, which sc forbids');
  });

  test('checks a file and lists its checks', () => {
    const path = file(
      'flags.cat',
      'C mine\nacyclic po | rf as order\nundefined_unless empty rf as race\nflag ~empty rf as reads',
    );
    const { out } = printed(() => models([path], { json: true }));
    const { models: listed } = JSON.parse(out) as { models: unknown[] };
    expect(listed).toMatchObject([
      {
        name: 'flags',
        view: 'C',
        native: false,
        axioms: [{ name: 'order', statement: 'acyclic po | rf' }],
        remarks: [
          { name: 'race', undefined: true },
          { name: 'reads', undefined: false },
        ],
      },
    ]);
  });

  test('says what is wrong with a file as data', () => {
    const path = file('wrong.cat', 'acyclic R as order');
    const { out, code } = printed(() => models([path], { json: true }));
    expect(code).toBe(EXIT.refuted);
    expect(JSON.parse(out)).toMatchObject({ models: [], errors: [{ file: path, code: 'invalid', at: { line: 1 } }] });
  });

  test('--path says where a model’s file is', () => {
    expect(printed(() => models([], { path: 'sc' })).out).toBe(`${shippedFile('sc')}\n`);
    expect(failure(() => models([], { path: 'x87' }))).toMatchObject({ code: EXIT.usage });
  });
});

describe('exploring under a model from a file', () => {
  test('finds the outcomes of the native model', () => {
    const [mine, native] = [file('mine.cat', WASM), 'wasm'].map(
      (model) => exploring('classic/MP.wast', model).tests[0],
    );
    expect(mine?.outcomes.map(({ values }) => values)).toEqual(native?.outcomes.map(({ values }) => values));
  });

  test('that does not speak of the program says where, and gives no verdict', () => {
    const done = exploring('growth/grow-MP.wast', 'x86-tso');
    expect(done).toMatchObject({ code: EXIT.usage, tests: [] });
    expect(done.text).toContain('error: x86-tso: the model does not speak of growth');
    expect(done.text).toMatch(/> *\d+ \| .*memory\.grow/);
  });

  test('that makes its behaviour undefined says so', () => {
    const done = exploring('classic/SB.wast', 'rc11');
    expect(done.tests[0]).toMatchObject({
      flags: [{ name: 'data-race', undefined: true }],
      condition: { holds: true },
    });
    expect(done.text).toContain('Undefined data-race');
    expect(exploring('classic/SB+acqrel.wast', 'rc11').tests[0]).not.toHaveProperty('flags');
  });
});

test('models/README.md names every base of every view', () => {
  const readme = readFileSync(join(modelsFolder(), 'README.md'), 'utf8');
  for (const { name, bases } of VIEWS) {
    expect(readme).toContain(`**${name}**`);
    for (const base of bases) expect(readme, `${name}: ${base.name}`).toContain(`\`${base.name}\``);
  }
});
