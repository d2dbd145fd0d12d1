import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { finitePart } from '../../../src/explore/endless.ts';
import { executionsWith } from '../../../src/explore/executions.ts';
import { explore } from '../../../src/explore/explore.ts';
import type { ExploreResult, Outcome, Witness } from '../../../src/explore/result.ts';
import { loadProgram } from '../../../src/litmus/load.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import { bottom, inside, right, sample } from '../../../src/report/draw/geometry.ts';
import { plainText } from '../../../src/report/draw/labels.ts';
import type { Program } from '../../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { GraphData } from '../../../viz/graph/calls.ts';
import { arrange, shownEdges, shownRelations } from '../../../viz/graph/data/arrange.ts';
import { differencesOf, withGhosts } from '../../../viz/graph/data/differences.ts';
import { graphOf } from '../../../viz/graph/data/graph.ts';
import { modificationOrder } from '../../../viz/graph/data/modification.ts';
import { movedEdge } from '../../../viz/graph/data/shape.ts';

const BOUNDS = { executions: 10_000, events: 400, returns: 8, milliseconds: null };
const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 });

interface Case {
  readonly program: Program;
  readonly result: ExploreResult;
  readonly model: string;
}

function load(text: string, model = 'wasm'): Case {
  const program = loadProgram(new Source('test.wast', text), DEFAULT_READINGS);
  if (!program.ok) throw new Error(program.error[0]?.message);
  const found = findModel(model);
  if (found === null) throw new Error(model);
  const result = explore(program.value, executor, {
    model: found,
    strategy: 'auto',
    readings: DEFAULT_READINGS,
    bounds: BOUNDS,
    shouldStop: () => false,
    onProgress: () => {},
  });
  return { program: program.value, result, model };
}

function library(name: string): Case {
  return load(readFileSync(new URL(`../../../models/litmus/${name}.wast`, import.meta.url), 'utf8'));
}

function outcome({ result }: Case, ...values: readonly string[]): Outcome {
  const found = result.outcomes.find((one) => [...one.values.values()].join() === values.join());
  if (found === undefined) throw new Error(`no outcome ${values.join()}`);
  return found;
}

function graph({ program, model }: Case, witness: Witness | null, scaffold = false): GraphData {
  if (witness === null) throw new Error('no witness');
  return graphOf(witness, {
    title: 'test',
    model,
    source: program.source,
    demands: () => findModel(model)?.demands?.(witness.execution) ?? null,
    hasHappensBefore: true,
    hasTotalOrder: true,
    scaffold,
    orders: true,
    repeated: new Set(),
  });
}

const whys = ({ edges }: GraphData, of: string): string[] =>
  edges.filter((edge) => edge.of === of).map(({ why }) => why);

describe('why an edge is there', () => {
  test('a read says which bytes it takes from whom, a from-read what it misses', () => {
    const it = library('classic/SB');
    const data = graph(it, outcome(it, 'i32 0', 'i32 0').witness);
    expect(whys(data, 'rf')).toEqual([
      'T1’s i32.load at line 9 reads the initial value of bytes 4..7 of M.mem.',
      'T2’s i32.load at line 13 reads the initial value of bytes 0..3 of M.mem.',
    ]);
    expect(whys(data, 'fr')[0]).toBe(
      'T1’s i32.load at line 9 reads bytes 4..7 of M.mem from the initial value, which T2’s i32.store at line 12 overwrites: it reads before that.',
    );
    expect(whys(data, 'race')[0]).toContain('race on M.mem+0..3: neither happens before the other');
  });

  test('synchronisation names its rule: atomic accesses of one range, fork, join, wake-up', () => {
    const it = library('classic/MP+sc');
    const data = graph(it, outcome(it, 'i32 1', 'i32 42').witness, true);
    expect(whys(data, 'sw').join()).toContain('both are atomic and access the same range');
    expect(whys(data, 'asw').join()).toMatch(/starts T1: .*awaits T1: /);
    const woken = library('wait-notify/handshake');
    const data2 = graph(woken, outcome(woken, 'i32 0', 'i32 1', 'i32 1').witness);
    expect(whys(data2, 'asw').join()).toMatch(/T2’s memory.atomic.notify at line 14 wakes T1’s waking/);
  });

  test('hb is told by the steps that it consists of, and hidden where a step says it', () => {
    const it = library('classic/MP+sc');
    const data = graph(it, outcome(it, 'i32 1', 'i32 42').witness);
    const hb = data.edges.filter(({ of }) => of === 'hb');
    expect(hb.some(({ within }) => within.includes('sw'))).toBe(true);
    expect(shownEdges(hb, new Set(['hb', 'po', 'sw', 'asw']))).toEqual([]);
    expect(shownEdges(hb, new Set(['hb']))).toHaveLength(hb.length);
  });

  test('tot is one chain through all drawn events, each step with the axiom that asks for it or none', () => {
    const it = library('classic/SB');
    const data = graph(it, outcome(it, 'i32 0', 'i32 0').witness);
    const tot = data.edges.filter(({ of }) => of === 'tot');
    expect(tot).toHaveLength(data.figure.nodes.length - 1);
    tot.slice(1).forEach(({ from }, i) => expect(from).toBe(tot[i]?.to));
    expect(tot.map(({ why }) => why).join()).toMatch(/tot contains hb.*Nothing asks for it/);
    const sc = load(readFileSync(new URL('../../../models/litmus/classic/SB+sc.wast', import.meta.url), 'utf8'));
    const forced = graph(sc, outcome(sc, 'i32 0', 'i32 1').witness);
    expect(whys(forced, 'tot').join()).toMatch(/sc-last-visible-\d asks for it/);
  });
});

describe('what is drawn', () => {
  test('a main thread that only forks and joins is left out unless it is wanted', () => {
    const it = library('classic/SB');
    const { witness } = outcome(it, 'i32 0', 'i32 0');
    expect(graph(it, witness).figure.columns.map(({ name }) => name)).toEqual(['T1', 'T2']);
    expect(graph(it, witness).hasScaffold).toBe(true);
    expect(graph(it, witness, true).figure.columns.map(({ name }) => name)).toEqual(['main', 'T1', 'T2']);
  });

  test('the data can be handed to another thread', () => {
    const it = library('wait-notify/handshake');
    const data = graph(it, it.result.outcomes[0]?.witness ?? null);
    expect(structuredClone(data)).toEqual(data);
  });

  test.each(['classic/IRIW', 'mixed-size/MP+halves', 'growth/grow-MP', 'fork/fork-chain'])(
    '%s: with all relations shown, no edge runs through a box that it does not touch',
    (name) => {
      const it = library(name);
      for (const { witness } of it.result.outcomes.slice(0, 4)) {
        const data = graph(it, witness, true);
        const edges = shownEdges(data.edges, shownRelations(data.relations, { hb: true, tot: true, 'fr+': true }));
        const { boxes, edges: placed } = arrange({ figure: data.figure, edges });
        expect(placed.map(({ id }) => id).toSorted()).toEqual(edges.map(({ id }) => id).toSorted());
        const ends = new Map(edges.map(({ id, from, to }) => [id, [from, to]]));
        for (const { id, curve } of placed)
          for (const [event, box] of boxes)
            if (!(ends.get(id) ?? []).includes(event))
              expect(
                sample(curve).some((point) => inside(point, box, -1)),
                `${id} through ${event}`,
              ).toBe(false);
      }
    },
  );

  test('an edge follows an event that is dragged: one end goes with it, the other stays', () => {
    const it = library('classic/SB');
    const data = graph(it, outcome(it, 'i32 0', 'i32 0').witness);
    const edges = shownEdges(data.edges, new Set(['fr', 'race']));
    const { edges: placed, boxes } = arrange({ figure: data.figure, edges });
    for (const one of placed) {
      const edge = edges.find(({ id }) => id === one.id);
      if (edge === undefined) throw new Error('no edge');
      const moved = movedEdge(edge, one, new Map([[edge.from, [40, 20]]]));
      const [start, tip] = one.upon && one.turned ? [one.tip, one.curve.start] : [one.curve.start, one.tip];
      const [nowStart, nowTip] =
        one.upon && one.turned ? [moved.tip, moved.curve.start] : [moved.curve.start, moved.tip];
      expect(nowStart).toEqual([start[0] + 40, start[1] + 20]);
      expect(nowTip).toEqual(tip);
      const box = new Map(boxes).get(edge.from);
      if (box !== undefined)
        expect(start[0] >= box.x - 1 && start[0] <= right(box) + 1 && start[1] <= bottom(box)).toBe(true);
    }
  });
});

describe('bytes, lengths and queues', () => {
  test('a torn read says of each byte who wrote it', () => {
    const it = library('tearing/tearing-i64-two-stores');
    const torn = it.result.outcomes.find(({ witness }) => witness?.sequentiallyConsistent === false);
    const [view] = graph(it, torn?.witness ?? null).bytes;
    expect(view).toMatchObject({ name: 'M.mem', first: 0, last: 7 });
    const reads = view?.rows.filter(({ kind }) => kind === 'reads') ?? [];
    expect(reads).toHaveLength(1);
    for (const [i, cell] of (reads[0]?.cells ?? []).entries()) {
      const writer = view?.rows[cell?.writer ?? -1];
      expect(writer?.cells[i]?.value).toBe(cell?.value);
    }
    expect(new Set(reads[0]?.cells.map((cell) => cell?.writer)).size).toBeGreaterThan(1);
  });

  test('accesses of one size need no bytes, lengths that nobody changes no list', () => {
    const it = library('classic/SB');
    expect(graph(it, it.result.outcomes[0]?.witness ?? null)).toMatchObject({ bytes: [], lengths: [], queues: [] });
  });

  test('growth is told in order, and who sees which length', () => {
    const it = library('growth/grow-MP');
    const texts = it.result.outcomes.flatMap(({ witness }) =>
      graph(it, witness).lengths.flatMap(({ steps }) => steps.map(({ text }) => text)),
    );
    expect(texts).toContain('grows from 1 to 2');
    expect(texts).toContain('grows from 2 to 3');
  });

  test('a wait queue tells who sleeps and who wakes whom', () => {
    const it = library('wait-notify/handshake');
    const [queue] = graph(it, outcome(it, 'i32 0', 'i32 1', 'i32 1').witness).queues;
    expect(queue?.steps.map(({ text }) => text)).toEqual(['goes to sleep', 'wakes T1', 'is woken by T2']);
  });
});

describe('executions of one outcome', () => {
  test.each(['growth/grow-MP', 'wait-notify/notify-two', 'acqrel/Z6.U', 'tearing/tearing-three-writers'])(
    '%s: as many as the exploration counted, all different, the one that it kept first',
    (name) => {
      const it = library(name);
      const model = findModel('wasm');
      if (model === null) throw new Error('wasm');
      for (const { values, executions, witness } of it.result.outcomes) {
        const all = executionsWith(it.program, executor, {
          model,
          readings: DEFAULT_READINGS,
          bounds: BOUNDS,
          values,
          first: witness,
          most: 1_000,
          shouldStop: () => false,
        });
        expect(all.bound).toBeNull();
        expect(all.witnesses).toHaveLength(executions);
        expect(all.witnesses[0]).toBe(witness);
      }
    },
  );

  test('no more are kept than are wanted, and it is said', () => {
    const it = library('growth/grow-MP');
    const model = findModel('wasm');
    const most = it.result.outcomes.toSorted((a, b) => b.executions - a.executions)[0];
    if (model === null || most === undefined) throw new Error('wasm');
    const all = executionsWith(it.program, executor, {
      model,
      readings: DEFAULT_READINGS,
      bounds: BOUNDS,
      values: most.values,
      first: null,
      most: 1,
      shouldStop: () => false,
    });
    expect(all.witnesses).toHaveLength(1);
    expect(all.bound).toBe('more than 1 executions');
  });
});

describe('the modification order', () => {
  test('of seqcst writes it is the total order’s', () => {
    const it = library('rmw/increments-3');
    const { witness } = it.result.outcomes[0] ?? {};
    if (witness === undefined || witness === null) throw new Error('no witness');
    const demands = findModel('wasm')?.demands?.(witness.execution) ?? null;
    const mo = modificationOrder(witness.execution, witness.tot, demands);
    if (mo === null) throw new Error('no order');
    const atomic = witness.tot.filter((id) => witness.execution.events[id]?.actions.some((a) => a.kind === 'rmw'));
    expect(atomic.length).toBeGreaterThan(1);
    atomic.slice(1).forEach((id, i) => expect(mo.has(atomic[i] ?? 0, id)).toBe(true));
  });

  test.each(['acqrel/Z6.U', 'rmw/store-into-increment+acqrel'])(
    '%s: with it and the total order that is drawn all demands are met',
    (name) => {
      const it = library(name);
      for (const { witness } of it.result.outcomes) {
        if (witness === null) continue;
        const { execution } = witness;
        const demands = findModel('wasm')?.demands?.(execution) ?? null;
        if (demands === null) throw new Error('no demands');
        const mo = modificationOrder(execution, witness.tot, demands);
        expect(mo).not.toBeNull();
        const count = execution.events.length;
        const at = new Map(witness.tot.map((id, i): [number, number] => [id, i]));
        const holds = (a: number, b: number): boolean =>
          a < count && b < count
            ? (at.get(a) ?? 0) < (at.get(b) ?? 0)
            : (mo?.has(demands.placed[a - count] ?? 0, demands.placed[b - count] ?? 0) ?? false);
        for (const { either, axiom } of demands.constraints) {
          const isMet = either.some((a, i) => i % 2 === 0 && holds(a, either[i + 1] ?? 0));
          expect(isMet, axiom).toBe(true);
        }
      }
    },
  );
});

describe('a schedule without end', () => {
  const spin = (body: string): string => `(module $M shared (memory (export "mem") 1 1 shared)
      (func (export "t1") shared (loop $again ${body}))
      (func (export "t2") shared (i32.atomic.store (i32.const 4) (i32.const 1))))
      (thread $T1 (shared (module $M)) (invoke $M "t1"))
      (thread $T2 (shared (module $M)) (invoke $M "t2"))
      (wait $T1) (wait $T2)`;

  test.each([
    ['waiting for what nobody writes', '(br_if $again (i32.eqz (i32.atomic.load (i32.const 0))))', ['R']],
    [
      'changing what it reads',
      '(i32.atomic.store (i32.const 0) (i32.const 1)) (i32.atomic.store (i32.const 0) (i32.const 0)) (br $again)',
      ['W', 'W'],
    ],
  ])('%s: what leads there is drawn, and one round', (_, body, round) => {
    const it = load(spin(body), 'sc');
    const lasso = it.result.findings.find(({ kind }) => kind === 'non-termination')?.lasso;
    if (lasso === undefined || lasso === null) throw new Error('it ends');
    const part = finitePart(it.program, executor, DEFAULT_READINGS, lasso);
    const { events } = part?.witness.execution ?? { events: [] };
    const repeated = events.filter(({ id }) => part?.repeated.has(id));
    expect(repeated.map(({ actions }) => (actions.some(({ kind }) => kind === 'wr') ? 'W' : 'R'))).toEqual(round);
    expect(repeated.every(({ id }) => id >= events.length - round.length)).toBe(true);
    expect(lasso.prefix.length + lasso.cycle.length).toBeGreaterThanOrEqual(round.length);
  });
});

describe('differences', () => {
  test('events are matched by thread, place and round; values and edges that differ are told', () => {
    const it = library('classic/SB');
    const [one, other] = [
      graph(it, outcome(it, 'i32 0', 'i32 0').witness),
      graph(it, outcome(it, 'i32 0', 'i32 1').witness),
    ];
    const found = differencesOf(one, other);
    expect([...found.changed.values()]).toEqual(['R M.mem+0 = 1']);
    expect(found.added.size).toBe(0);
    expect([...found.edges].some((id) => id.startsWith('rf '))).toBe(true);
    expect(found.gone.some((text) => text.startsWith('rf: T2’s i32.load at line 13 reads bytes 0..3'))).toBe(true);
    expect(found.ghosts.nodes).toEqual([]);
    expect(found.ghosts.edges.map(({ of }) => of)).toContain('rf');
    const none = differencesOf(one, one);
    expect([none.changed.size, none.added.size, none.edges.size, none.gone.length]).toEqual([0, 0, 0, 0]);
  });

  test('what an execution lacks is drawn in its place: after what it follows in its thread, with its edges', () => {
    const it = load(`(module $M shared (memory (export "mem") 1 1 shared)
      (func (export "t1") shared (i32.store (i32.const 0) (i32.const 42)) (i32.atomic.store (i32.const 4) (i32.const 1)))
      (func (export "t2") shared (result i32)
        (if (result i32) (i32.atomic.load (i32.const 4))
          (then (i32.load (i32.const 0)) (i32.atomic.store (i32.const 8) (i32.const 7)))
          (else (i32.const 99)))))
      (thread $T1 (shared (module $M)) (invoke $M "t1"))
      (thread $T2 (shared (module $M)) (invoke $M "t2"))
      (wait $T1) (wait $T2)`);
    const [short, long] = [graph(it, outcome(it, 'i32 99').witness), graph(it, outcome(it, 'i32 42').witness)];
    const { ghosts } = differencesOf(short, long);
    const figure = withGhosts(short.figure, ghosts);
    const labels = (column: number): string[] =>
      figure.nodes.filter((node) => node.column === column).map((node) => plainText(node.lines[0] ?? []));
    expect(labels(1)).toEqual(['Rsc $M.mem+4 = 0', 'R $M.mem+0 = 42', 'Wsc $M.mem+8 := 7']);
    const ids = new Set(figure.nodes.map(({ event }) => event.id));
    expect(ids.size).toBe(figure.nodes.length);
    expect(ghosts.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
    expect(ghosts.edges.map(({ of }) => of).toSorted()).toEqual(['rf', 'rf', 'sw']);
    expect(withGhosts(long.figure, differencesOf(long, short).ghosts).nodes).toEqual(long.figure.nodes);
    const edges = [...short.edges, ...ghosts.edges].filter(({ of }) => of !== 'hb' && of !== 'tot');
    expect(arrange({ figure, edges }).boxes).toHaveLength(figure.initial.length + figure.nodes.length);
  });
});
