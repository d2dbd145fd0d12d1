import { describe, expect, test } from 'vitest';
import type { Model } from '../../../src/model/model.ts';
import { NOTHING_ASSUMED } from '../../../src/model/model.ts';
import type { CatModel } from '../../../src/model/cat/load.ts';
import { modelsJson, modelsText } from '../../../src/report/models-text.ts';
import type { ListedModel } from '../../../src/report/models-text.ts';
import { runJson, runText } from '../../../src/report/run-json.ts';
import type { WastEntry } from '../../../src/report/wast-json.ts';
import { wastJson } from '../../../src/report/wast-json.ts';
import { wastText } from '../../../src/report/wast-text.ts';

const entries: readonly WastEntry[] = [
  { file: 'a.wast', line: 3, kind: 'assert_return', status: 'passed' },
  { file: 'a.wast', line: 4, kind: 'assert_return', status: 'failed', message: 'expected i32 1, got i32 0' },
  { file: 'b.wast', line: 9, kind: 'assert_trap', status: 'passed' },
  { file: 'b.wast', line: 10, kind: 'module', status: 'skipped', reason: 'simd' },
  { file: 'b.wast', line: 11, kind: 'module', status: 'skipped', reason: 'simd' },
];

describe('wast', () => {
  test('JSON has the shape that DESIGN gives', () => {
    expect(wastJson(2, entries)).toEqual({
      files: 2,
      passed: 2,
      failed: 1,
      skipped: 2,
      kinds: {
        assert_return: { passed: 1, failed: 1, skipped: 0 },
        assert_trap: { passed: 1, failed: 0, skipped: 0 },
        module: { passed: 0, failed: 0, skipped: 2 },
      },
      failures: [{ file: 'a.wast', line: 4, kind: 'assert_return', message: 'expected i32 1, got i32 0' }],
      skips: [
        { file: 'b.wast', line: 10, reason: 'simd' },
        { file: 'b.wast', line: 11, reason: 'simd' },
      ],
    });
  });

  test('text groups skips by reason and ends in the totals', () => {
    expect(wastText(wastJson(2, entries), { color: false })).toMatchInlineSnapshot(`
      "a.wast:4: failed: assert_return: expected i32 1, got i32 0
      skipped 2: simd (b.wast:10, …)
        assert_return  1 passed, 1 failed
        assert_trap    1 passed, 0 failed
        module         0 passed, 0 failed, 2 skipped
      2 files: 2 passed, 1 failed, 2 skipped"
    `);
  });
});

describe('run', () => {
  test('results or a trap, as text and as JSON', () => {
    const done = { results: ['i32 832040', 'i64 1'], trap: null, milliseconds: 1.5 };
    expect(runJson(done)).toEqual(done);
    expect(runText(done)).toBe('i32 832040\ni64 1');
    expect(runText({ results: [], trap: 'unreachable', milliseconds: 0 })).toBe('trap: unreachable');
  });
});

describe('models', () => {
  const model: Model = {
    name: 'sc',
    title: 'Sequential consistency',
    source: 'Lamport 1979',
    about: 'Every byte read comes from the tot-latest writer.',
    axioms: [{ name: 'latest', statement: 'rf is the tot-latest write', source: 'DOMAIN 4' }],
    assumes: NOTHING_ASSUMED,
    check: () => ({ consistent: false, axiom: 'latest', events: [] }),
    less: () => model,
  };

  const view = { name: 'Wasm', about: '', bases: [], wholeReads: false, frame: () => ({ impossible: '', events: [] }) };
  const file: CatModel = {
    ...model,
    less: () => file,
    view,
    shows: [],
    remarks: [{ name: 'data-race', undefined: true }],
    definitions: [],
    derived: () => null,
  };
  const listed: ListedModel = {
    model,
    file,
    path: 'models/sc.cat',
    native: true,
    distinctions: [{ model: 'sc', test: 'SB', beside: 'x86-tso', allows: false }],
  };

  test('text names source, axioms, remarks and what tells it from its neighbours', () => {
    expect(modelsText([listed], { color: false }).split('\n')).toEqual([
      'sc  Sequential consistency',
      '  Lamport 1979',
      '  Every byte read comes from the tot-latest writer.',
      '  native, and models/sc.cat (view Wasm)',
      '    latest     rf is the tot-latest write  [DOMAIN 4]',
      '    data-race  undefined behaviour: the program may do anything',
      '  forbids SB, which x86-tso allows',
    ]);
  });

  test('JSON is data only', () => {
    expect(modelsJson([listed]).models[0]).toEqual({
      name: 'sc',
      title: 'Sequential consistency',
      source: 'Lamport 1979',
      about: 'Every byte read comes from the tot-latest writer.',
      axioms: [{ name: 'latest', statement: 'rf is the tot-latest write', source: 'DOMAIN 4' }],
      remarks: [{ name: 'data-race', undefined: true }],
      native: true,
      file: 'models/sc.cat',
      view: 'Wasm',
      distinctions: [{ test: 'SB', beside: 'x86-tso', allows: false }],
    });
  });
});
