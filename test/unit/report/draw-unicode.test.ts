import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureOf } from '../../../src/report/draw/figure.ts';
import { plainText } from '../../../src/report/draw/labels.ts';
import { lanesOf } from '../../../src/report/draw/lanes.ts';
import { drawUnicode } from '../../../src/report/draw/unicode.ts';
import { ALL, mpAtomic } from './samples.ts';

const options = { title: 'MP', model: 'wasm', color: false };

describe('an execution in characters', () => {
  test('is this for message passing', () => {
    expect(drawUnicode(mpAtomic, { ...options, outcome: new Map([['T2:0:0', 'i32 42']]) })).toBe(
      [
        'MP  ·  model wasm  ·  sequentially consistent  ·  no data race',
        '  T2:0:0 = i32 42',
        '',
        '    T1                        T2',
        'a   ○ init mem.shared := 0',
        'b   ● W mem.shared+0 := 42 ────────────────────────────────╮',
        'c   ● Wsc mem.shared+4 := 1 ════════════════════════════╗  │',
        'd                             ● Rsc mem.shared+4 = 1 ══◂╝  │  rf, sw ← c',
        'e                             ● R mem.shared+0 = 42 ──────◂╯  rf ← b',
        '',
        '══ rf, sw   ── rf',
      ].join('\n'),
    );
  });

  test.each(Object.entries(ALL))(
    '%s has every event once, and names every edge in the row that it leads to',
    (_, witness) => {
      const figure = figureOf(witness, options);
      const lines = drawUnicode(witness, options).split('\n');
      const rows = lines.filter((line) => /^[a-z]\d* +[│ ]*[●◆✖○]/u.test(line));
      const nodes = [...figure.initial, ...figure.nodes];
      expect(rows).toHaveLength(nodes.length);
      const rowOf = new Map(nodes.map(({ event }, row) => [event.id, rows[row] ?? '']));
      for (const { event, lines: label } of nodes) {
        expect(rowOf.get(event.id)).toContain(label.map(plainText).join(', '));
      }
      for (const { kind, from, to } of figure.edges.filter((edge) => edge.kind !== 'po')) {
        const name = rowOf.get(from)?.split(' ')[0];
        expect(rowOf.get(to)).toContain(
          kind === 'race' ? `race with ${name}` : `${kind === 'sw' ? 'rf, sw' : kind} ← ${name}`,
        );
      }
    },
  );

  test('without colours has no escapes, with them the same characters', () => {
    for (const witness of Object.values(ALL)) {
      const plain = drawUnicode(witness, options);
      // oxlint-disable-next-line no-control-regex -- escapes are what is looked for
      expect(plain).not.toMatch(/\u001b/u);
      // oxlint-disable-next-line no-control-regex
      expect(drawUnicode(witness, { ...options, color: true }).replaceAll(/\u001b\[\d+m/gu, '')).toBe(plain);
    }
  });
});

describe('lanes', () => {
  test('hold stretches that share no row', () => {
    const row = fc.nat({ max: 20 });
    fc.assert(
      fc.property(fc.array(fc.tuple(row, row), { maxLength: 20 }), (spans) => {
        const lanes = lanesOf(spans);
        const taken = new Set<string>();
        for (const [i, [a, b]] of spans.entries()) {
          for (let y = Math.min(a, b); y <= Math.max(a, b); y++) {
            expect(taken.has(`${lanes[i]},${y}`)).toBe(false);
            taken.add(`${lanes[i]},${y}`);
          }
        }
      }),
    );
  });
});
