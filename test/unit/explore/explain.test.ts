import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { explain } from '../../../src/explore/explain/explain.ts';
import { parseOutcome } from '../../../src/litmus/outcome-text.ts';
import { conditionOf, targetOf } from '../../../src/litmus/target.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import { drawDot } from '../../../src/report/draw/dot.ts';
import { drawSvg } from '../../../src/report/draw/svg.ts';
import { pictureOf } from '../../../src/report/explain/explain-draw.ts';
import { explainTestJson } from '../../../src/report/explain/explain-json.ts';
import type { ExplainReport } from '../../../src/report/explain/explain-text.ts';
import { explainText } from '../../../src/report/explain/explain-text.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { programOf } from '../../support/explore-file.ts';

interface Asked {
  readonly model?: string;
  readonly outcome?: string;
  readonly all?: boolean;
  readonly executions?: number;
}

function reportOf(
  test: string,
  { model = 'wasm', outcome, all = false, executions = 100_000 }: Asked = {},
): ExplainReport {
  const program = programOf(`models/litmus/${test}.wast`);
  const parsed = outcome === undefined ? null : parseOutcome(outcome, program);
  if (parsed?.ok === false) throw new Error(parsed.error);
  const litmus = program.litmus[0];
  const condition = parsed === null ? conditionOf(known(litmus, 'litmus test')) : parsed.value;
  const judge = known(findModel(model), model);
  const explanation = explain(program, makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }), {
    model: judge,
    target: targetOf(condition),
    readings: DEFAULT_READINGS,
    bounds: { executions, events: 1_000, returns: 5, milliseconds: null },
    all,
    shouldStop: () => false,
    onProgress: () => {},
  });
  return { name: test, source: program.source, explanation, axioms: judge.axioms };
}

function textOf(test: string, asked: Asked = {}): string {
  return explainText(reportOf(test, asked), { color: false });
}

/** From the line that says what forbids it to the end of the paragraph. */
function argumentOf(text: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => / forbids? it/.test(line));
  return lines.slice(start + 1).map((line) => line.trim());
}

describe('forbidden outcomes', () => {
  test('store buffering: two lines and a cycle of tot', () => {
    expect(textOf('classic/SB+sc')).toBe(
      [
        'Test classic/SB+sc (wasm)',
        'Outcome T1:0:0 = i32 0; T2:0:0 = i32 0',
        'Forbidden by sc-last-visible-2',
        '  sc-last-visible-2: if W hb R: no W′ with W hb W′ tot R and sync(W′,R)  [OOPSLA19 Fig. 16, sc-last-visible (†)]',
        '  checked  wasm less sc-last-visible-2: the outcome appears (1 execution)',
        '  checked  wasm less hb-irreflexive: the outcome appears (1 execution)',
        '',
        'The only way to come by these values in models/litmus/classic/SB+sc.wast',
        '      init  init M.mem := 0',
        '  T1  a     Wsc M.mem+0 := 1   8:6  i32.atomic.store',
        '      b     Rsc M.mem+4 = 0    9:6  i32.atomic.load',
        '  T2  c     Wsc M.mem+4 := 1  12:6  i32.atomic.store',
        '      d     Rsc M.mem+0 = 0   13:6  i32.atomic.load',
        '  Reads: b from init, d from init.',
        '',
        '  sc-last-visible-2 forbids it. No total order (tot) of all events will do:',
        '    (1) tot has b before c: b reads from init, and c, a seqcst write of the same range that happens',
        '      after init (init ─init→ c), would hide it [sc-last-visible-2]',
        '    (2) tot has d before a: d reads from init, and a, a seqcst write of the same range that happens',
        '      after init (init ─init→ a), would hide it [sc-last-visible-2]',
        '    But a ─po→ b ─(1)→ c ─po→ d puts a before d.',
        '  po program order · init allocation before every access · (n) by line n',
      ].join('\n'),
    );
  });

  test('message passing: an overwritten value, and the axiom that would forbid it as well', () => {
    const text = textOf('classic/MP+sc');
    expect(text).toContain('Forbidden by hb-consistent-3 and sc-last-visible-2\n');
    expect(argumentOf(text).slice(0, 4)).toEqual([
      'd reads from init, but a overwrites that, and happens between the two:',
      'init before a: init ─init→ a',
      'a before d: a ─po→ b ─sw→ c ─po→ d',
      'It breaks sc-last-visible-2 as well.',
    ]);
  });

  test('load buffering: a cycle of happens-before', () => {
    const text = textOf('classic/LB+sc');
    expect(text).toContain('Forbidden by hb-irreflexive, hb-consistent-1 and hb-consistent-3\n');
    expect(argumentOf(text)[0]).toBe('happens-before would have a cycle: c ─po→ d ─sw→ a ─po→ b ─sw→ c');
  });

  test.each([
    ['classic/CoRR+acqrel', 'wasm', 'a before c: a ─sw→ b ─po→ c'],
    ['classic/IRIW+sc', 'wasm', 'But a ─sw→ c ─po→ d ─(1)→ b ─sw→ e ─po→ f puts a before f.'],
    ['oopsla19/Fig18', 'wasm', 'But a ─(1)→ c puts a before c.'],
    ['oopsla19/SC-DRF-least', 'wasm', 'But a ─(1)→ d puts a before d.'],
    ['oopsla19/dagger', 'wasm', 'But c ─(1)→ e puts c before e.'],
    ['classic/RMW', 'wasm', 'But a ─(1)→ b puts a before b.'],
    ['oopsla19/Fig12+size', 'wasm', 'a before d: a ─po→ b ─sw→ c ─po→ d'],
    ['oopsla19/ARMv8-least', 'js-es2018', 'But a ─po→ b puts a before b, and b ─po→ c ─(1)→ e ─po→ f puts b before f.'],
  ])('%s under %s ends as on paper', (name, model, line) => {
    expect(argumentOf(textOf(name, { model }))).toContain(line);
  });

  test('fences and modification orders have their say', () => {
    const text = textOf('fences/R+fences');
    expect(text).toContain('No total order (tot) of all events with modification orders (mo) of the writes will do:');
    expect(argumentOf(text)).toContain('But e ─(2)→ f puts e before f, and g ─(1)→ d puts g before d.');
  });

  test('a set of axioms is named that no smaller one replaces, and each is checked', () => {
    const { explanation } = reportOf('classic/CoRR2+sc');
    expect(explanation.kind === 'forbidden' && explanation.smallest.map(({ axioms }) => axioms.join('+'))).toEqual([
      'hb-irreflexive+sc-last-visible-3',
      'sc-last-visible-1+sc-last-visible-3',
    ]);
  });

  test('what breaks more is counted, and told on request', () => {
    expect(textOf('oopsla19/Fig12+size')).toMatch(/2 more candidate executions .* hb-consistent-1\n?\s?\(2\); --all/);
    const all = textOf('oopsla19/Fig12+size', { all: true });
    expect(all).toContain('Also forbidden: way 1 of');
    expect(all).not.toContain('--all');
  });
});

describe('allowed outcomes', () => {
  test('an interleaving is nothing special', () => {
    const text = textOf('classic/MP+sc', { outcome: 'T2:0:0=1,T2:0:1=42' });
    expect(text).toContain('Allowed, and not surprising: an interleaving of the threads gives it');
    expect(text).toContain('The interleaving\n  a, b, c, d.');
  });

  test('store buffering: either load before the store', () => {
    const text = textOf('classic/SB');
    expect(text).toContain('T1 takes the load b before the store a');
    expect(text).toContain('T2 takes the load d before the store c');
  });

  test('IRIW with acquire and release: readers disagree', () => {
    const text = textOf('classic/IRIW+acqrel');
    expect(text).toContain('two threads disagree about the order of two writes');
    expect(text).toContain('T3 sees a before b (c, then d); T4 sees b before a (e, then f).');
  });

  test('a long load tears', () => {
    const text = textOf('mixed-size/tearing-i64');
    expect(text).toContain('Step by step: b (bytes 0..3), b (bytes 5..7), a, b (byte 4).');
  });
});

describe('other answers', () => {
  test('values that no execution has are told, with those that there are', () => {
    const text = textOf('classic/SB', { outcome: 'T1:0:0=7' });
    expect(text).toContain('Impossible: no execution of the program has this outcome, whatever the memory model');
    expect(text).toContain('T1:0:0 = i32 7: what can be observed is i32 0 or i32 1');
  });

  test('a bound is told with what was found until then', () => {
    const text = textOf('oopsla19/Fig12+size', { executions: 2 });
    expect(text).toContain('Forbidden by hb-consistent-3');
    expect(text).toContain('Incomplete: more than 2 executions; there may be more ways, and simpler ones');
    const { explanation } = reportOf('classic/SB', { executions: 1, outcome: 'T1:0:0=7' });
    expect(explanation.kind).toBe('open');
  });
});

describe('pictures and JSON', () => {
  test('what contradicts is marked, and events bear their letters', () => {
    const report = reportOf('oopsla19/Fig18');
    const picture = known(pictureOf(report.name, report.source, report.explanation), 'picture');
    const svg = drawSvg(picture.witness, picture.options);
    expect(svg).toContain('forbidden by wasm');
    expect(svg.match(/data-edge="tot"/g)).toHaveLength(2);
    expect(svg.match(/stroke="#fde047"/g)).toHaveLength(7);
    expect(svg).toContain('f · i32.load · line 14');
    expect(drawDot(picture.witness, picture.options)).toMatch(/-> .*penwidth=3\.5.*label="tot \(1\)"/);
  });

  test('a main thread that only forks and joins is left out where the reason does not speak of it', () => {
    const report = reportOf('classic/SB+sc');
    const picture = known(pictureOf(report.name, report.source, report.explanation), 'picture');
    expect(drawSvg(picture.witness, picture.options)).not.toContain('fork T1');
    expect(drawSvg(picture.witness, { ...picture.options, mainThread: 'show' })).toContain('fork T1');
  });

  test('JSON names events, edges and what is asked of tot', () => {
    const json = explainTestJson(reportOf('oopsla19/Fig18'));
    expect(json).toMatchObject({
      verdict: 'forbidden',
      candidates: 1,
      smallest: [{ axioms: ['sc-last-visible-3'], executions: 1, complete: true }],
      groups: [
        {
          reads: { d: ['b'], e: ['c'], f: ['a'] },
          asked: [
            { axiom: 'sc-last-visible-3', either: [{ order: 'tot', from: 'a', to: 'c' }] },
            { axiom: 'sc-last-visible-3', either: [{ order: 'tot', from: 'c', to: 'a' }] },
          ],
        },
      ],
      others: { count: 0 },
    });
    expect(explainTestJson(reportOf('classic/SB'))).toMatchObject({
      verdict: 'allowed',
      surprise: 'reordering',
      ways: [
        { reordered: [['a', 'b']], order: ['init', 'b', 'c', 'd', 'a'] },
        { reordered: [['c', 'd']], order: ['init', 'd', 'a', 'b', 'c'] },
      ],
    });
  });
});
