import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import type { Edge, Event, EventId, Execution } from '../../../../src/event/execution.ts';
import { cView } from '../../../../src/model/cat/c-view.ts';
import { aarch64View, x86View } from '../../../../src/model/cat/hardware-view.ts';
import { MAIN } from '../../../../src/event/location.ts';
import type { Frame, View } from '../../../../src/model/cat/view.ts';
import { hasBit, wordsOf } from '../../../../src/rel/rows.ts';
import type { Program } from '../build.ts';
import { bytesAt, candidates, execution, length, program, R, Racq, Rsc, U, W, Wrel, Wsc, x, x4, y } from '../build.ts';

function edge(from: number, to: number): Edge {
  return [from as EventId, to as EventId];
}

function only(of: Program): Execution {
  const all = [...candidates(of)];
  expect(all).toHaveLength(1);
  return known(all[0], 'execution');
}

function frameOf(view: View, of: Execution): Frame {
  const frame = view.frame(of);
  if (!('size' in frame)) throw new Error(JSON.stringify(frame));
  return frame;
}

/** What each element is in, the common names apart. */
function elements(view: View, of: Execution): string[] {
  const frame = frameOf(view, of);
  const sets = view.bases.filter(({ kind, name }) => kind === 'set' && !['M', 'NA'].includes(name));
  return Array.from({ length: frame.size }, (_, i) =>
    sets
      .filter(({ name }) => {
        const row = new Int32Array(wordsOf(frame.size));
        frame.write(name, row);
        return hasBit(row, 1, 0, i);
      })
      .map(({ name }) => name)
      .join(' '),
  );
}

function pairs(view: View, of: Execution, base: string): string[] {
  const frame = frameOf(view, of);
  const words = wordsOf(frame.size);
  const rows = new Int32Array(frame.size * words);
  frame.write(base, rows);
  const found: string[] = [];
  for (let a = 0; a < frame.size; a++)
    for (let b = 0; b < frame.size; b++) if (hasBit(rows, words, a, b)) found.push(`${a}${b}`);
  return found;
}

/** A fence in the place of an event without actions. */
function fenced(of: Execution, order: 'seqcst' | 'acqrel'): Execution {
  const events = of.events.map(
    (e): Event => (e.actions.length === 0 ? { ...e, kind: 'fence' as const, fence: order } : e),
  );
  return { ...of, events };
}

const all = only(program([W(x, 1), Wrel(y, 1), Wsc(x, 2), R(y, 1), Racq(y, 1), Rsc(y, 1), U(x, 2, 3), [], R(x, 3)]));

describe('the C view', () => {
  test('gives accesses and fences C11’s orders', () => {
    expect(elements(cView, fenced(all, 'acqrel'))).toEqual([
      'W IW',
      'W IW',
      'W',
      'W A REL',
      'W A SC',
      'R',
      'R A ACQ',
      'R A SC',
      'R W RMW A SC',
      'F ACQ_REL',
      'R',
    ]);
    expect(elements(cView, fenced(all, 'seqcst'))[9]).toBe('F SC');
  });

  test('relates an update as a write and as a read', () => {
    expect(pairs(cView, only(program([Wsc(x, 1), U(x, 1, 2)], [Rsc(x, 2)])), 'rf')).toEqual(['12', '23']);
  });
});

describe('the X86 view', () => {
  test('fences seqcst stores and locks updates', () => {
    expect(elements(x86View, fenced(all, 'seqcst'))).toEqual([
      'W IW',
      'W IW',
      'W',
      'W',
      'W',
      'F MFENCE',
      'R',
      'R',
      'R',
      'R X',
      'W X',
      'F MFENCE',
      'R',
    ]);
    expect(elements(x86View, fenced(all, 'acqrel'))).toHaveLength(12);
    expect(pairs(x86View, all, 'rmw')).toEqual(['910']);
  });

  test('locks a compare-exchange that fails', () => {
    const plain = only(program([Rsc(x, 0)]));
    const failed = plain.events.map((e) => ({ ...e, site: { ...e.site, text: 'i32.atomic.rmw.cmpxchg seq_cst' } }));
    expect(elements(x86View, plain)[1]).toBe('R');
    expect(elements(x86View, { ...plain, events: failed })[1]).toBe('R X');
  });
});

describe('the AArch64 view', () => {
  test('takes acquire and release instructions, exclusives and DMB ISH', () => {
    expect(elements(aarch64View, fenced(all, 'acqrel'))).toEqual([
      'W IW',
      'W IW',
      'W',
      'W L',
      'W L',
      'R',
      'R Q',
      'R A',
      'R A X',
      'W L X',
      'F DMB.ISH',
      'R',
    ]);
    expect(pairs(aarch64View, all, 'rmw')).toEqual(['89']);
  });
});

describe('views of whole accesses', () => {
  const views = [cView, x86View, aarch64View];

  test.each(views)('$name: po is transitive, within threads, and goes through a thread that is started', (view) => {
    const of = only(program([W(x, 1), R(x, 1)], [R(x, 1)]));
    expect(pairs(view, of, 'po')).toEqual(['12']);
    const started = execution(of.events, of.rf, [edge(1, 3)]);
    // The machines have a fence where the thread is started: element 2.
    expect(pairs(view, started, 'po')).toEqual(view === cView ? ['12', '13'] : ['12', '13', '14', '23', '24']);
  });

  test.each(views)('$name: an initial write is of no thread', (view) => {
    const of = only(program([W(x, 1)], [R(x, 0)]));
    expect(pairs(view, of, 'ext')).toEqual(['01', '02', '10', '12', '20', '21']);
    expect(pairs(view, of, 'int')).toEqual(['11', '22']);
    expect(pairs(view, of, 'loc')).toHaveLength(9);
    expect(pairs(view, of, 'rf')).toEqual(['02']);
  });

  test.each(views)('$name does not speak of mixed sizes, growth, unaligned accesses', (view) => {
    const unsupported = (of: Program): unknown => {
      const [first] = candidates(of);
      return view.frame(known(first, 'execution'));
    };
    expect(unsupported(program([W(x4, 1)], [R(x, 1)]))).toEqual({
      unsupported: 'accesses of different sizes to one place',
      event: 2,
    });
    expect(unsupported({ threads: [[[U(length, 1, 2), W(bytesAt(4, 4), 0)]]], bytes: 4 })).toEqual({
      unsupported: 'growth and dropped segments',
      event: 1,
    });
    expect(unsupported(program([W(bytesAt(1, 2), 1)]))).toEqual({
      unsupported: 'an access that is not aligned',
      event: 1,
    });
    expect(unsupported(program([W(bytesAt(0, 16), 1)]))).toEqual({
      unsupported: 'an access of 16 units at once',
      event: 1,
    });
  });

  test.each(views)('$name has no execution in which a read mixes writes', (view) => {
    const mixed = [...candidates(program([W(x4, 0x0101)], [R(x4, 0x0001)]))];
    expect(mixed.length).toBeGreaterThan(0);
    for (const of of mixed) expect(view.frame(of)).toMatchObject({ impossible: 'whole-reads' });
  });

  test.each(views)('$name: bounds checks leave no trace', (view) => {
    const of = only(program([[R(length, 1), W(x, 1)]], [[R(length, 1), R(x, 1)]]));
    expect(frameOf(view, of).size).toBe(3);
  });

  test.each(views)('$name: what the main thread does before it starts others gives initial values', (view) => {
    const value = 0x07070707;
    const of = only(program([W(x4, value), R(x, 7)], [R(x4, value)]));
    const main = of.events.map((e) => (e.thread === 1 ? { ...e, thread: MAIN, index: e.index + 1 } : e));
    const started = execution(main, of.rf, [edge(2, 3)]);
    expect(frameOf(view, started).size).toBe(2);
    const stale = of.rf.map((row, e) => (e === 3 ? [[0, 0, 0, 0] as EventId[]] : row));
    expect(view.frame({ ...started, rf: stale })).toEqual({ impossible: 'initial-values', events: [0, 3] });
  });
});
