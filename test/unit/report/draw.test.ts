import { describe, expect, test } from 'vitest';
import { isAccess, isWriting } from '../../../src/event/action.ts';
import type { Event, EventId } from '../../../src/event/execution.ts';
import { overlaps } from '../../../src/event/location.ts';
import { NOWHERE, Source } from '../../../src/base/span.ts';
import type { Witness } from '../../../src/explore/result.ts';
import { drawDot } from '../../../src/report/draw/dot.ts';
import { bytesText } from '../../../src/report/draw/edges.ts';
import type { Figure, FigureNode } from '../../../src/report/draw/figure.ts';
import { figureOf } from '../../../src/report/draw/figure.ts';
import { plainText } from '../../../src/report/draw/labels.ts';
import { legendOf } from '../../../src/report/draw/legend.ts';
import { rowsOf } from '../../../src/report/draw/rows.ts';
import { drawSvg } from '../../../src/report/draw/svg.ts';
import { monoWidth, sansWidth } from '../../../src/report/draw/text-width.ts';
import { timeLine } from '../../../src/report/draw/time.ts';
import { valueText } from '../../../src/report/draw/values.ts';
import { geometryFaults } from './geometry-check.ts';
import * as samples from './samples.ts';
import { ALL, ALLOC, L, LENGTH, R, sample, units, W } from './samples.ts';
import type { XmlElement } from './xml.ts';
import { descendants, parseXml, withAttribute } from './xml.ts';

const NAMED = Object.entries(ALL);
const options = { title: 'MP', model: 'wasm' };

function labels(witness: Witness): Record<number, string[]> {
  const figure = figureOf(witness, options);
  return Object.fromEntries(
    [...figure.initial, ...figure.nodes].map((node: FigureNode) => [node.event.id, node.lines.map(plainText)]),
  );
}

function edgesOf(witness: Witness, more = {}): string[] {
  return figureOf(witness, { ...options, ...more })
    .edges.filter((edge) => edge.kind !== 'po')
    .map(({ kind, from, to, label }) => `${kind} ${from} ${to}${label === null ? '' : ` ${label}`}`);
}

function marksOf(witness: Witness): string[] {
  return figureOf(witness, options).nodes.flatMap((node) =>
    node.mark === null ? [] : [`${node.mark} ${node.event.id}`],
  );
}

describe('labels', () => {
  test('are in the notation of the field', () => {
    expect(labels(samples.mpAtomic)).toEqual({
      0: ['init mem.shared := 0'],
      1: ['W mem.shared+0 := 42'],
      2: ['Wsc mem.shared+4 := 1'],
      3: ['Rsc mem.shared+4 = 1'],
      4: ['R mem.shared+0 = 42'],
    });
    expect(labels(samples.twelve)[3]).toEqual(['Wacqrel mem.shared+8 := 1']);
    expect(labels(samples.twelve)[7]).toEqual(['RMWsc mem.shared+12 1→2']);
    expect(labels(samples.twelve)[9]).toEqual(['W mem.shared+16 := -5']);
  });

  test('name the thread that is forked or joined', () => {
    expect(labels(samples.mpScript)[2]).toEqual(['fork T2']);
    expect(labels(samples.mpScript)[9]).toEqual(['join T1']);
  });

  test('growth is one event, and lengths appear where they tell something', () => {
    expect(labels(samples.growth)).toEqual({
      0: ['init mem.shared.length := 1', 'init mem.shared := 0'],
      1: ['W mem.shared+16 := 54'],
      2: ['grow mem.shared 1→2'],
      3: ['R mem.shared.length = 2', 'R mem.shared+65536 = 0'],
      4: ['R mem.shared.length = 1', 'R mem.shared+16 = 0'],
    });
  });

  test('a failed growth says so', () => {
    const failed = sample([
      ALLOC,
      { thread: 'T1', actions: [W(0, 1)] },
      {
        thread: 'T2',
        kind: 'grow',
        text: 'memory.grow',
        actions: [{ kind: 'rd', region: LENGTH, offset: 0, size: 1, order: 'seqcst', tearFree: true, read: [1] }],
      },
    ]);
    expect(labels(failed)[2]).toEqual(['grow mem.shared fails, length 1']);
  });

  test('ranges and bytes are spelled out where accesses of different ranges overlap', () => {
    expect(labels(samples.tearing)).toMatchObject({
      1: ['W mem.shared+0..1 := 0x0101'],
      2: ['W mem.shared+2 := 2'],
      3: ['R mem.shared+0..3 = 0x00020101'],
      4: ['W mem.shared+0..7 := 0xffffffffffffffff'],
    });
  });

  test('waiting, waking and notifying', () => {
    expect(labels(samples.waiting)).toMatchObject({
      1: ['wait: sleeps', 'Rsc mem.shared+0 = 0'],
      3: ['notify mem.shared+0, woke 1'],
      4: ['woken mem.shared+0'],
    });
  });

  test('lines of the source, where it is given', () => {
    const source = new Source('a.wast', 'first\nsecond\n');
    const [event] = samples.mpWeak.execution.events.slice(1);
    if (event === undefined) throw new Error('no event');
    const moved = { ...event, site: { ...event.site, at: { start: 6, end: 12 } } };
    const execution = {
      ...samples.mpWeak.execution,
      events: samples.mpWeak.execution.events.map((e) => (e.id === 1 ? moved : e)),
    };
    const sites = figureOf({ ...samples.mpWeak, execution }, { ...options, source }).nodes.map((node) => node.site);
    expect(sites.slice(0, 2)).toEqual(['i32.store · line 2', 'i32.store']);
    expect(event.site.at).toBe(NOWHERE);
  });
});

describe('values', () => {
  test.each([
    [units(-1, 4), 'data', 'i32', '-1'],
    [units(-1, 8), 'data', 'i64', '-1'],
    [units(255, 1), 'data', 'i32', '255'],
    [units(0x12345678, 4), 'data', 'i32', '0x12345678'],
    [[0, 0, 0x80, 0x3f], 'data', 'f32', '1'],
    [units(0x8000000000000000n, 8), 'data', 'f64', '-0'],
    [[0], 'elem', null, 'null'],
    [[3], 'val', 'ref', 'ref 3'],
    [[2], 'length', null, '2'],
    [{ fill: 7, length: 100 }, 'data', null, '7'],
    [Array.from({ length: 9 }, (_, i) => i), 'data', null, '…'],
  ] as const)('%j in %s as %s is %s', (read, field, type, text) => {
    expect(valueText(read, field, type)).toBe(text);
  });
});

describe('events shown', () => {
  test('bounds checks are folded away, shown, or hidden', () => {
    expect(labels(samples.mpScript)[3]).toEqual(['W mem.shared+0 := 42']);
    const shown = figureOf(samples.mpScript, { ...options, lengths: 'show' }).nodes.find((node) => node.event.id === 3);
    expect(shown?.lines.map(plainText)).toEqual(['R mem.shared.length = 1', 'W mem.shared+0 := 42']);
    const hidden = figureOf(samples.growth, { ...options, lengths: 'hide' }).nodes.find((node) => node.event.id === 3);
    expect(hidden?.lines.map(plainText)).toEqual(['R mem.shared+65536 = 0']);
  });

  test('an access out of bounds shows its length', () => {
    const out = sample([
      ALLOC,
      { thread: 'T1', actions: [L(1)] },
      { thread: 'T1', kind: 'trap', text: 'out of bounds' },
      { thread: 'T2', actions: [W(0, 1)] },
    ]);
    expect(labels(out)[1]).toEqual(['R mem.shared.length = 1']);
  });

  test('objects of one thread are hidden, unless nothing else is there', () => {
    const priv = sample([ALLOC, { thread: 'T1', actions: [W(0, 1)] }], { objects: new Map() });
    expect(Object.keys(labels(priv))).toEqual(['0', '1']);
    const region = (LENGTH + 16 * 5) as typeof LENGTH;
    const own = { kind: 'wr', region, offset: 0, size: 1, order: 'unord', tearFree: true, written: [3] } as const;
    const both = sample([
      ALLOC,
      { thread: 'T1', actions: [W(0, 1)] },
      { thread: 'T1', actions: [own] },
      { thread: 'T2', actions: [R(0, 1)], from: { 0: 1 } },
    ]);
    expect(Object.keys(labels(both))).toEqual(['0', '1', '3']);
  });
});

describe('order of time', () => {
  test('a sequentially consistent execution is drawn in an order in which every read reads the latest write', () => {
    const backwards = { ...samples.mpAtomic, tot: [...samples.mpAtomic.tot] };
    expect(timeLine(backwards)).toEqual([0, 1, 2, 3, 4]);
    const odd = sample(
      [
        ALLOC,
        { thread: 'T1', actions: [W(0, 1)] },
        { thread: 'T2', actions: [R(0, 0)] },
        { thread: 'T2', actions: [R(0, 1)], from: { 0: 1 } },
      ],
      { sequential: true, tot: [0, 1, 2, 3] },
    );
    expect(timeLine(odd)).toEqual([0, 2, 1, 3]);
    expect(marksOf(odd)).toEqual([]);
  });

  test('a weak execution is drawn with as few stale reads as can be', () => {
    const shuffled = { ...samples.mpWeak, tot: [0, 3, 4, 1, 2] as unknown as Witness['tot'] };
    expect(marksOf(shuffled)).toHaveLength(1);
    expect(marksOf({ ...samples.sbWeak, tot: [0, 1, 3, 2, 4] as unknown as Witness['tot'] })).toHaveLength(1);
  });

  test('the order of seqcst accesses to one place is kept', () => {
    const witness = sample(
      [
        ALLOC,
        { thread: 'T1', actions: [R(4, 9)], from: { 0: 4 } },
        { thread: 'T1', actions: [W(0, 1, 'seqcst')] },
        { thread: 'T2', actions: [R(0, 0, 'seqcst')] },
        { thread: 'T3', actions: [W(4, 9)] },
      ],
      { asw: [[2, 4]] },
    );
    const place = (id: number) => timeLine(witness).findIndex((other) => other === id);
    expect(place(2)).toBeLessThan(place(3));
    expect(marksOf(witness)).toEqual(['early 1', 'stale 3']);
  });
});

describe('weak reads', () => {
  test('are marked stale or early', () => {
    expect(marksOf(samples.mpWeak)).toEqual(['stale 4']);
    expect(marksOf(samples.lbWeak)).toEqual(['early 1']);
    expect(marksOf(samples.growth)).toEqual(['stale 4']);
    for (const [, witness] of NAMED.filter(([, w]) => w.sequentiallyConsistent)) expect(marksOf(witness)).toEqual([]);
  });

  test('the from-reads of the cycle are drawn, others on request', () => {
    expect(edgesOf(samples.sbWeak).filter((edge) => edge.startsWith('fr'))).toEqual(['fr 2 3', 'fr 4 1']);
    expect(edgesOf(samples.mpWeak, { fromReads: 'hide' }).filter((edge) => edge.startsWith('fr'))).toEqual([]);
    expect(edgesOf(samples.twelve).filter((edge) => edge.startsWith('fr'))).toEqual([]);
    expect(
      edgesOf(samples.twelve, { fromReads: 'show' }).filter((edge) => edge.startsWith('fr')).length,
    ).toBeGreaterThan(0);
  });
});

describe('edges', () => {
  test('message passing: rf, fr and races', () => {
    expect(edgesOf(samples.mpWeak)).toEqual(['rf 2 3', 'rf 0 4', 'fr 4 1', 'race 1 4', 'race 2 3']);
  });

  test('reads-from that synchronises is one edge', () => {
    expect(edgesOf(samples.mpAtomic)).toEqual(['sw 2 3', 'rf 1 4']);
  });

  test('a torn read says which bytes come from where', () => {
    expect(edgesOf(samples.tearing).filter((edge) => edge.startsWith('rf'))).toEqual([
      'rf 1 3 bytes 0..1',
      'rf 2 3 byte 2',
      'rf 0 3 byte 3',
    ]);
    expect(bytesText([7, 3, 4, 5])).toBe('bytes 3..5, 7');
  });

  test('synchronisation by fork and join, moved to what is shown, without what follows from the rest', () => {
    expect(edgesOf(samples.mpScript).filter((edge) => edge.startsWith('asw'))).toEqual([
      'asw 1 3',
      'asw 2 5',
      'asw 4 9',
      'asw 8 10',
    ]);
    const redundant = sample(
      [
        ALLOC,
        { thread: 'main', kind: 'fork' },
        { thread: 'T1', actions: [W(0, 1)] },
        { thread: 'T1', actions: [R(0, 1)], from: { 0: 2 } },
        { thread: 'main', kind: 'join' },
      ],
      {
        asw: [
          [1, 2],
          [1, 3],
          [3, 4],
          [2, 4],
        ],
      },
    );
    expect(edgesOf(redundant).filter((edge) => edge.startsWith('asw'))).toEqual(['asw 1 2', 'asw 3 4']);
  });
});

describe.each(NAMED)('drawSvg of %s', (name, witness) => {
  const svg = drawSvg(witness, { title: name, model: 'wasm' });
  const root = parseXml(svg);
  const figure = figureOf(witness, { title: name, model: 'wasm' });

  test('is a well-formed SVG document with title and description, and the same each time', () => {
    expect(root.name).toBe('svg');
    expect(root.attributes.xmlns).toBe('http://www.w3.org/2000/svg');
    expect(root.children.slice(0, 2).map((child) => child.name)).toEqual(['title', 'desc']);
    expect(root.children[1]?.text).toContain(figure.columns[0]?.name);
    expect(drawSvg(witness, { title: name, model: 'wasm' })).toBe(svg);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  test('has every event and every edge once', () => {
    const events = withAttribute(root, 'data-event').map((element) => Number(element.attributes['data-event']));
    expect(events.toSorted((a, b) => a - b)).toEqual(
      [...figure.initial, ...figure.nodes].map((node) => Number(node.event.id)).toSorted((a, b) => a - b),
    );
    const drawn = withAttribute(root, 'data-edge').map(
      ({ attributes }) => `${attributes['data-edge']} ${attributes['data-from']} ${attributes['data-to']}`,
    );
    expect(drawn.toSorted()).toEqual(figure.edges.map(({ kind, from, to }) => `${kind} ${from} ${to}`).toSorted());
    for (const { writer, reader } of readsBetween(witness, new Set(events))) {
      expect(drawn.some((edge) => edge === `rf ${writer} ${reader}` || edge === `sw ${writer} ${reader}`)).toBe(true);
    }
  });

  test('has a legend of exactly what occurs', () => {
    const legend = withAttribute(root, 'data-legend').map((element) => element.attributes['data-legend']);
    const kinds = new Set(figure.edges.map((edge) => edge.kind));
    const marks = figure.nodes.flatMap((node) => node.mark ?? []);
    const orders = new Set(
      figure.nodes.flatMap((node) =>
        node.lines.flatMap((line) => line.filter((part) => part.sub).map((part) => part.text)),
      ),
    );
    expect([...legend].toSorted()).toEqual([...kinds, ...new Set(marks), ...orders].toSorted());
  });

  test('is well laid out', () => {
    expect(geometryFaults(witness, { title: name })).toEqual([]);
  });

  test('keeps all text inside the picture', () => {
    const width = Number(root.attributes.width);
    const height = Number(root.attributes.height);
    for (const element of descendants(root).filter((e) => e.name === 'text')) {
      const { left, right, y } = extentOf(element);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
      expect(y).toBeLessThanOrEqual(height);
    }
  });
});

/** Where a text begins and ends, by the estimate that the layout uses. */
function extentOf(element: XmlElement): { left: number; right: number; y: number } {
  const content = element.text + element.children.map((child) => child.text).join('');
  const size = Number(element.attributes['font-size']);
  const width = element.attributes['font-family'] === undefined ? sansWidth(content, size) : monoWidth(content, size);
  const x = Number(element.attributes.x);
  const left = element.attributes['text-anchor'] === 'middle' ? x - width / 2 : x;
  return { left, right: left + width, y: Number(element.attributes.y) };
}

/** Writers and readers of data, both shown. */
function readsBetween({ execution }: Witness, shown: ReadonlySet<number>): { writer: number; reader: number }[] {
  return execution.events.flatMap((event) =>
    event.actions.flatMap((action, a) => {
      const writers = action.region === LENGTH ? [] : (execution.rf[event.id]?.[a] ?? []);
      return writers
        .filter((writer) => shown.has(writer) && shown.has(event.id))
        .map((writer) => ({ writer, reader: event.id }));
    }),
  );
}

describe('drawSvg', () => {
  test('escapes what people name things', () => {
    const svg = drawSvg(samples.mpWeak, { title: 'a<b> & "c"\u0001', outcome: new Map([['T1:0', 'trap: <x> & y']]) });
    expect(parseXml(svg).children[0]?.text).toBe('Execution of a<b> & "c"\uFFFD');
  });

  test('a long outcome is broken into lines and cut', () => {
    const outcome = new Map(Array.from({ length: 300 }, (_, i) => [`main:${i}:0`, `i32 ${i}`]));
    const svg = drawSvg(samples.mpWeak, { title: 'many', outcome });
    expect(svg).toContain('… and 284 more');
    expect(Number(parseXml(svg).attributes.width)).toBeLessThan(700);
  });

  test('an execution without any event is still a picture', () => {
    const svg = drawSvg(sample([]), { title: 'nothing' });
    expect(withAttribute(parseXml(svg), 'data-event')).toEqual([]);
  });

  test('says in words what it shows', () => {
    const desc = parseXml(drawSvg(samples.mpWeak, options)).children[1]?.text ?? '';
    expect(desc).toContain('T2: R mem.shared+4 = 1; R mem.shared+0 = 0 (stale).');
    expect(desc).toContain('rf: T1 W mem.shared+4 := 1 to T2 R mem.shared+4 = 1.');
    expect(desc).toContain('race: T1 W mem.shared+0 := 42 and T2 R mem.shared+0 = 0.');
  });
});

function additional(witness: Witness): string | undefined {
  return legendOf(figureOf(witness, options)).find((entry) => entry.kind === 'edge' && entry.edge === 'asw')?.text;
}

describe('legendOf', () => {
  test('names the kinds of additional synchronisation that occur', () => {
    expect(additional(samples.mpScript)).toBe('fork, join (asw)');
    expect(additional(samples.waiting)).toBe('wake-up, queue order (asw)');
    expect(additional(samples.mpWeak)).toBeUndefined();
  });
});

describe('drawDot', () => {
  test.each(NAMED)('%s has every event and edge, in clusters by thread', (name, witness) => {
    const dot = drawDot(witness, { title: name });
    const figure = figureOf(witness, { title: name });
    for (const node of [...figure.initial, ...figure.nodes])
      expect(dot).toMatch(new RegExp(`^ +e${node.event.id} \\[label=`, 'm'));
    for (const { from, to } of figure.edges) expect(dot).toContain(`e${from} -> e${to} [`);
    expect(dot.match(/subgraph cluster_/g)).toHaveLength(figure.columns.length);
    expect(dot.match(/\{/g)?.length).toBe(dot.match(/\}/g)?.length);
  });

  test('program order alone is a constraint', () => {
    const edges = drawDot(samples.mpScript, options)
      .split('\n')
      .filter((line) => /^ +e\d+ -> e\d+ /.test(line));
    expect(edges.filter((line) => !line.includes('constraint=false'))).toHaveLength(
      figureOf(samples.mpScript, options).edges.filter((e) => e.kind === 'po').length,
    );
  });

  test('quotes names', () => {
    expect(drawDot(samples.mpWeak, { title: 'a "b" \\c' })).toContain('digraph "a \\"b\\" \\\\c" {');
  });
});

describe('rows', () => {
  /** As the definition says it: below all earlier events of the thread, and those that are in conflict with it or joined to it by an edge. */
  function plainRows({ nodes, edges }: Figure): Map<EventId, number> {
    const conflict = (a: Event, b: Event): boolean =>
      a.actions.some((x) =>
        b.actions.some((y) => isAccess(x) && isAccess(y) && (isWriting(x) || isWriting(y)) && overlaps(x, y)),
      );
    const isJoined = (a: EventId, b: EventId): boolean =>
      edges.some(({ from, to }) => (from === a && to === b) || (from === b && to === a));
    const rows = new Map<EventId, number>();
    for (const [i, { event, column }] of nodes.entries()) {
      const above = nodes
        .slice(0, i)
        .filter((one) => one.column === column || isJoined(one.event.id, event.id) || conflict(one.event, event));
      rows.set(event.id, Math.max(0, ...above.map((one) => (rows.get(one.event.id) ?? 0) + 1)));
    }
    return rows;
  }

  test.each(NAMED)('%s: each event is as high as it can be', (_, witness) => {
    for (const fromReads of ['show', 'hide'] as const) {
      const figure = figureOf(witness, { ...options, fromReads });
      expect(rowsOf(figure)).toEqual(plainRows(figure));
    }
  });
});
