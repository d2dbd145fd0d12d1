import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { DEFAULT_MODEL, findModel, MODELS } from '../../../src/model/catalogue.ts';
import type { Reason } from '../../../src/model/reasons/reasons.ts';
import { whyForbidden } from '../../../src/model/reasons/reasons.ts';
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
      'js-repaired',
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

function reasons(of: Program): readonly Reason[] {
  return whyForbidden(DEFAULT_MODEL, only(of)).reasons;
}

describe('reasons', () => {
  test('name the axiom, the events, and the ways by hb between them', () => {
    expect(reasons(program([W(x, 1), W(x, 2), R(x, 1)]))).toEqual([
      {
        kind: 'pattern',
        axiom: 'hb-consistent-3',
        events: [1, 2, 3],
        paths: [[{ kind: 'po', from: 1, to: 2 }], [{ kind: 'po', from: 2, to: 3 }]],
      },
    ]);
  });

  test('show a cycle of happens-before as one', () => {
    const [reason] = reasons(program([Rsc(x, 1), Wsc(y, 1)], [Rsc(y, 1), Wsc(x, 1)]));
    expect(reason?.kind === 'cycle' && reason.path.map(({ kind }) => kind)).toEqual(['po', 'sw', 'po', 'sw']);
  });
});

describe('isSequentiallyConsistent', () => {
  test('tells weak executions from interleavings', () => {
    expect(isSequentiallyConsistent(only(program([W(x, 1), R(y, 0)], [W(y, 1), R(x, 0)])))).toBe(false);
    expect(isSequentiallyConsistent(only(program([W(x, 1), R(y, 0)], [W(y, 1), R(x, 1)])))).toBe(true);
  });
});
