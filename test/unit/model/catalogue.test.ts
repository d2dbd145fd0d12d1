import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { DEFAULT_MODEL, findModel, MODELS } from '../../../src/model/catalogue.ts';
import { explainVerdict } from '../../../src/model/explain.ts';
import { isSequentiallyConsistent } from '../../../src/model/sc-order.ts';
import type { Program } from './build.ts';
import { candidates, program, R, Rsc, W, Wsc, x, y } from './build.ts';

describe('the catalogue', () => {
  test('has the models of DOMAIN section 4 that are native', () => {
    expect(MODELS.map((model) => model.name)).toEqual([
      'wasm',
      'wasm-oopsla19',
      'wasm-oopsla19-uncorrected',
      'js-es2018',
      'js-es2018-scdrf',
      'sc',
    ]);
    expect(DEFAULT_MODEL.name).toBe('wasm');
    expect(findModel('sc')?.name).toBe('sc');
    expect(findModel('x87')).toBeNull();
  });

  test.each(MODELS)('$name says what it is', (model) => {
    for (const text of [model.title, model.source, model.about]) expect(text.length).toBeGreaterThan(5);
    expect(model.axioms.map((axiom) => axiom.name)).toContain('value');
    for (const axiom of model.axioms) expect([axiom.statement, axiom.source].every((text) => text !== '')).toBe(true);
    expect(new Set(model.axioms.map((axiom) => axiom.name)).size).toBe(model.axioms.length);
  });
});

function only(of: Program) {
  const all = [...candidates(of)];
  expect(all).toHaveLength(1);
  return known(all[0], 'execution');
}

function explain(of: Program): string {
  const verdict = DEFAULT_MODEL.check(only(of));
  return verdict.consistent ? 'consistent' : explainVerdict(DEFAULT_MODEL, only(of), verdict);
}

describe('explanations', () => {
  test('name the axiom, what it says, and the events', () => {
    expect(explain(program([W(x, 1), W(x, 2), R(x, 1)]))).toBe(
      'wasm forbids it by hb-consistent-3 (no W′ writing unit k with W hb W′ hb R): ' +
        'W = T1 #0 wr unord 0+1, W′ = T1 #1 wr unord 0+1, R = T1 #2 rd unord 0+1',
    );
  });

  test('show a cycle of happens-before as one', () => {
    const text = explain(program([Rsc(x, 1), Wsc(y, 1)], [Rsc(y, 1), Wsc(x, 1)]));
    expect(text).toContain('hb-irreflexive (hb ⊆ tot: hb has no cycle): ');
    expect(text.match(/ → /g)).toHaveLength(4);
  });
});

describe('isSequentiallyConsistent', () => {
  test('tells weak executions from interleavings', () => {
    expect(isSequentiallyConsistent(only(program([W(x, 1), R(y, 0)], [W(y, 1), R(x, 0)])))).toBe(false);
    expect(isSequentiallyConsistent(only(program([W(x, 1), R(y, 0)], [W(y, 1), R(x, 1)])))).toBe(true);
  });
});
