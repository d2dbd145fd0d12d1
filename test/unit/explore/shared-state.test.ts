import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import type { Event, EventKind } from '../../../src/event/execution.ts';
import { fieldOf, objectOf } from '../../../src/event/location.ts';
import type { Addr, Field } from '../../../src/event/location.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import type { ExecState } from '../../../src/exec/thread.ts';
import { AnswerTrie } from '../../../src/exec/answer-trie.ts';
import { outcomeKey, outcomeValues, ThreadEnds } from '../../../src/explore/outcome.ts';
import { explored } from '../../../src/explore/publication.ts';
import type { Explored } from '../../../src/explore/publication.ts';
import { ThreadNames } from '../../../src/explore/thread-names.ts';
import { plainExecutions } from '../../../src/explore/weak/plain.ts';
import type { Strategy } from '../../../src/explore/explore.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import type { Model } from '../../../src/model/model.ts';
import { makeScriptMachine } from '../../../src/runtime/script-machine.ts';
import { scriptMain } from '../../../src/runtime/session.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Readings } from '../../../src/syntax/readings.ts';
import { exploreProgram, program, programOf } from '../../support/explore-file.ts';

/** Every kind of shared state, through the front end and by every search: the plain enumeration judges. */

interface Kind {
  readonly name: string;
  /** The module's fields. */
  readonly module: string;
  /** Each thread's actions: exports that it invokes. */
  readonly threads: readonly (readonly string[])[];
  readonly readings?: Partial<Readings>;
  /** The fields and the kinds of events that some execution has. */
  readonly fields: readonly Field[];
  readonly events?: readonly EventKind[];
  /** How many outcomes there are under sc and under wasm. */
  readonly outcomes: readonly [number, number];
}

const REFERENCES = '(type $s (shared (struct (field $x (mut i8)) (field $y (mut i8)))))';
const OBJECT = `${REFERENCES} (global $o (shared (ref $s)) (struct.new_default $s))`;
const PUBLISH = `${REFERENCES} (global $g (shared mut (ref null $s)) (ref.null $s))
  (func (export "t1") shared (global.set $g (struct.new $s (i32.const 1) (i32.const 2))))
  (func (export "t2") shared (result i32 i32) (local $r (ref null $s))
    (local.set $r (global.get $g))
    (if (result i32 i32) (ref.is_null (local.get $r)) (then (i32.const -1) (i32.const -1))
      (else (struct.get_u $s $x (local.get $r)) (struct.get_u $s $y (local.get $r)))))`;

const KINDS: readonly Kind[] = [
  {
    name: 'bytes of a memory',
    module: `(memory (export "mem") 1 1 shared)
      (func (export "t1") shared (i32.store8 (i32.const 0) (i32.const 1)) (i32.store8 (i32.const 1) (i32.const 1)))
      (func (export "t2") shared (result i32 i32) (i32.load8_u (i32.const 1)) (i32.load8_u (i32.const 0)))`,
    threads: [['t1'], ['t2']],
    fields: ['data', 'length'],
    outcomes: [3, 4],
  },
  {
    name: 'accesses of mixed sizes',
    module: `(memory (export "mem") 1 1 shared)
      (func (export "t1") shared (i32.store16 (i32.const 0) (i32.const 0x0101)))
      (func (export "t2") shared (result i32) (i32.load8_u (i32.const 1)) (i32.load16_u (i32.const 0)) (i32.add))`,
    threads: [['t1'], ['t2']],
    fields: ['data'],
    outcomes: [3, 6],
  },
  {
    name: 'growth and bounds checks',
    module: `(memory (export "mem") 1 2 shared)
      (func (export "t1") shared (result i32) (memory.grow (i32.const 1)))
      (func (export "t2") shared (i32.store8 (i32.const 65536) (i32.const 1)))
      (func (export "size") shared (result i32) (memory.size))`,
    threads: [['t1'], ['t2', 'size']],
    fields: ['length', 'data'],
    events: ['grow'],
    outcomes: [3, 4],
  },
  {
    name: 'table slots and growth of tables',
    module: `(table $t (export "t") shared 1 2 (ref null (shared i31)))
      (func (export "t1") shared (result i32)
        (table.set $t (i32.const 0) (ref.i31_shared (i32.const 1)))
        (table.grow $t (ref.i31_shared (i32.const 2)) (i32.const 1)))
      (func (export "t2") shared (result (ref null (shared i31)) (ref null (shared i31)))
        (table.get $t (i32.const 1)) (table.get $t (i32.const 0)))`,
    threads: [['t1'], ['t2']],
    fields: ['length', 'elem'],
    events: ['grow'],
    outcomes: [2, 3],
  },
  {
    name: 'globals',
    module: `(global $x (export "x") (shared mut i32) (i32.const 0)) (global $y (export "y") (shared mut f32) (f32.const 0))
      (func (export "t1") shared (global.set $x (i32.const 1)) (global.set $y (f32.const 1)))
      (func (export "t2") shared (result f32 i32) (global.get $y) (global.get $x))`,
    threads: [['t1'], ['t2']],
    fields: ['val'],
    outcomes: [3, 4],
  },
  {
    name: 'a global of eight bytes, two of which change',
    module: `(global $x (export "x") (shared mut i64) (i64.const 0))
      (func (export "t1") shared (global.set $x (i64.const 0x1_0000_0001)))
      (func (export "t2") shared (result i64) (global.get $x))`,
    threads: [['t1'], ['t2']],
    fields: ['val'],
    outcomes: [2, 4],
  },
  {
    name: 'the same where globals never tear',
    module: `(global $x (export "x") (shared mut i64) (i64.const 0))
      (func (export "t1") shared (global.set $x (i64.const 0x1_0000_0001)))
      (func (export "t2") shared (result i64) (global.get $x))`,
    threads: [['t1'], ['t2']],
    readings: { 'global-tearing': 'never' },
    fields: ['val'],
    outcomes: [2, 2],
  },
  {
    name: 'fields of a structure',
    module: `${OBJECT}
      (func (export "t1") shared
        (struct.set $s $x (global.get $o) (i32.const 1))
        (struct.atomic.set acq_rel $s $y (global.get $o) (i32.const 1)))
      (func (export "t2") shared (result i32 i32)
        (struct.atomic.get_u acq_rel $s $y (global.get $o)) (struct.get_u $s $x (global.get $o)))`,
    threads: [['t1'], ['t2']],
    fields: ['fields'],
    outcomes: [3, 3],
  },
  {
    name: 'elements of an array, many at once',
    module: `(type $a (shared (array (mut i16)))) (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))
      (func (export "t1") shared (array.fill $a (global.get $o) (i32.const 0) (i32.const 0x0101) (i32.const 2)))
      (func (export "t2") shared (result i32 i32)
        (array.get_u $a (global.get $o) (i32.const 1)) (array.get_u $a (global.get $o) (i32.const 0)))`,
    threads: [['t1'], ['t2']],
    fields: ['elem'],
    outcomes: [3, 4],
  },
  {
    name: 'a copy of elements beside a write',
    module: `(type $a (shared (array (mut i16))))
      (global $o (shared (ref $a)) (array.new_default $a (i32.const 1)))
      (global $p (shared (ref $a)) (array.new $a (i32.const 7) (i32.const 1)))
      (func (export "t1") shared (array.set $a (global.get $o) (i32.const 0) (i32.const 0x0101)))
      (func (export "t2") shared (result i32)
        (array.copy $a $a (global.get $p) (i32.const 0) (global.get $o) (i32.const 0) (i32.const 1))
        (array.get_u $a (global.get $p) (i32.const 0)))`,
    threads: [['t1'], ['t2']],
    fields: ['elem'],
    outcomes: [2, 2],
  },
  {
    name: 'data.drop beside memory.init',
    module: `(memory (export "mem") 1 1 shared) (data $d shared "a")
      (func (export "t1") shared (data.drop $d))
      (func (export "t2") shared (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))`,
    threads: [['t1'], ['t2', 't2']],
    fields: ['length', 'data'],
    outcomes: [3, 4],
  },
  {
    name: 'elem.drop beside table.init',
    module: `(table $t (export "t") shared 1 1 (ref null (shared i31)))
      (elem $e (shared (ref null (shared i31))) (item (ref.i31_shared (i32.const 1))))
      (func (export "t1") shared (elem.drop $e))
      (func (export "t2") shared (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1)))`,
    threads: [['t1'], ['t2', 't2']],
    fields: ['length', 'elem'],
    outcomes: [3, 4],
  },
  {
    name: 'data.drop beside array.new_data',
    module: `(type $a (shared (array (mut i8)))) (data $d shared "a")
      (func (export "t1") shared (data.drop $d))
      (func (export "t2") shared (result i32)
        (array.get_u $a (array.new_data $a $d (i32.const 0) (i32.const 1)) (i32.const 0)))`,
    threads: [['t1'], ['t2']],
    fields: ['length', 'elem'],
    outcomes: [2, 2],
  },
  {
    name: 'the wait queue of an address',
    module: `(memory (export "mem") 1 1 shared)
      (func (export "t1") shared (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 9)))
      (func (export "t2") shared (result i32) (memory.atomic.notify (i32.const 0) (i32.const 1)))`,
    threads: [['t1'], ['t2']],
    fields: ['data'],
    events: ['wait', 'wake', 'timeout', 'notify'],
    outcomes: [2, 2],
  },
  {
    name: 'a wait queue as an object',
    module: `(global $x (export "x") (shared mut i32) (i32.const 0))
      (global $q (shared (ref (shared waitqueue))) (waitqueue.new))
      (func (export "t1") shared (result i32) (global.wait $x (global.get $q) (i32.const 0) (i64.const -1)))
      (func (export "t2") shared (result i32)
        (global.atomic.set $x (i32.const 1)) (waitqueue.notify (global.get $q) (i32.const 1)))`,
    threads: [['t1'], ['t2']],
    fields: ['val'],
    events: ['wait', 'wake', 'notify'],
    outcomes: [2, 2],
  },
  {
    name: 'a fresh structure',
    module: PUBLISH,
    threads: [['t1'], ['t2']],
    fields: ['fields', 'val'],
    events: ['alloc'],
    outcomes: [2, 2],
  },
  {
    name: 'a fresh structure that is published racily',
    module: PUBLISH,
    threads: [['t1'], ['t2']],
    readings: { publication: 'racy' },
    fields: ['fields', 'val'],
    events: ['alloc'],
    outcomes: [2, 5],
  },
  {
    name: 'a fresh structure whose allocation synchronises',
    module: `${REFERENCES} (global $g (shared mut (ref null $s)) (ref.null $s)) (global $x (export "x") (shared mut i32) (i32.const 0))
      (func (export "t1") shared
        (global.set $x (i32.const 1)) (global.set $g (struct.new $s (i32.const 1) (i32.const 2))))
      (func (export "t2") shared (result i32 i32) (local $r (ref null $s))
        (local.set $r (global.get $g))
        (if (result i32) (ref.is_null (local.get $r)) (then (i32.const -1)) (else (struct.get_u $s $x (local.get $r))))
        (global.get $x))`,
    threads: [['t1'], ['t2']],
    readings: { publication: 'synchronising' },
    fields: ['fields', 'val'],
    outcomes: [3, 3],
  },
  {
    name: 'a fork whose child forks',
    module: `(memory (export "mem") 1 1 shared)
      (func $grandchild shared (i32.atomic.store8 (i32.const 0) (i32.const 1)))
      (func $child shared (fork $grandchild))
      (func (export "t1") shared (result i32) (fork $child) (i32.atomic.load8_u (i32.const 0)))`,
    threads: [['t1']],
    fields: ['data'],
    events: ['fork'],
    outcomes: [2, 2],
  },
  {
    name: 'a thread that thread.spawn_ref starts',
    module: `(type $f (shared (func (param i32))))
      (import "thread" "spawn_ref" (func $spawn shared (param (ref null $f) i32) (result i32)))
      (memory (export "mem") 1 1 shared)
      (elem declare (ref null $f) (ref.func $child))
      (func $child shared (type $f) (i32.store8 (i32.const 0) (local.get 0)))
      (func (export "t1") shared (result i32)
        (drop (call $spawn (ref.func $child) (i32.const 5))) (i32.load8_u (i32.const 0)))`,
    threads: [['t1']],
    fields: ['data'],
    events: ['fork'],
    outcomes: [2, 2],
  },
];

function script({ module, threads }: Kind): string {
  const bodies = threads.map((actions) => actions.map((name) => `(invoke $M "${name}")`).join(' '));
  return [
    `(module $M ${module})`,
    '(register "M" $M)',
    ...bodies.map((body, i) => `(thread $T${i + 1} (shared (module $M)) ${body})`),
    ...bodies.map((_, i) => `(wait $T${i + 1})`),
  ].join('\n');
}

const readingsOf = ({ readings }: Kind): Readings => ({ ...DEFAULT_READINGS, ...readings });

function bySearch(kind: Kind, model: string, strategy: Strategy): { outcomes: string[]; events: readonly Event[] } {
  const readings = readingsOf(kind);
  const result = exploreProgram(program(script(kind), readings), model, { readings, strategy });
  expect(result.bound).toBeNull();
  if (strategy !== 'all-interleavings') expect(result.duplicates).toBe(0);
  return {
    outcomes: result.outcomes.map(({ values, deadlock }) => keyOf(values, deadlock)).sort(),
    events: result.outcomes.flatMap(({ witness }) => witness?.execution.events ?? []),
  };
}

/** The outcomes under each model, by one enumeration. */
function byPlain(kind: Kind, models: readonly string[]): string[][] {
  const readings = readingsOf(kind);
  const p = program(script(kind), readings);
  const names = new ThreadNames();
  const trie = new AnswerTrie(makeScriptMachine(explored(makeExec({ readings, fuel: 100_000 }), readings), p));
  const judges = models.map((name) => ({ model: known(findModel(name), name), found: new Set<string>() }));
  const told = new ThreadEnds<Explored<ExecState>>();
  for (const { execution, ends } of plainExecutions(trie, scriptMain(p), names, readings)) {
    for (const { model, found } of judges) {
      if (!model.check(execution).consistent) continue;
      const threads = [...ends].map(([id, { state, request }]) => ({
        info: names.info(id),
        state,
        ended: request.kind === 'done',
        crash: null,
      }));
      const deadlock = threads.some(({ ended }) => !ended);
      found.add(keyOf(outcomeValues(threads, execution.events, told), deadlock));
    }
  }
  return judges.map(({ found }) => [...found].sort());
}

function keyOf(values: ReadonlyMap<string, string>, deadlock: boolean): string {
  return outcomeKey(new Map([...values].sort()), deadlock);
}

describe.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  test('has the outcomes of the plain enumeration by every search', () => {
    const [sc = [], wasm = []] = byPlain(kind, ['sc', 'wasm']);
    expect(bySearch(kind, 'wasm', 'axioms').outcomes).toEqual(wasm);
    for (const strategy of ['axioms', 'interleavings', 'all-interleavings'] as const)
      expect([strategy, bySearch(kind, 'sc', strategy).outcomes]).toEqual([strategy, sc]);
    expect([sc.length, wasm.length]).toEqual(kind.outcomes);
  });

  test('is in the executions as events on its fields', () => {
    const { events } = bySearch(kind, 'wasm', 'axioms');
    const fields = new Set(events.flatMap(({ actions }) => actions.map(({ region }) => fieldOf(region))));
    expect(kind.fields.filter((field) => !fields.has(field))).toEqual([]);
    const kinds = new Set(events.map((event) => event.kind));
    expect((kind.events ?? []).filter((wanted) => !kinds.has(wanted))).toEqual([]);
  });
});

describe('thread-local globals', () => {
  const library = new URL('../../../models/litmus/thread-local', import.meta.url).pathname;

  test.each(readdirSync(library))('are never in an event: %s', (file) => {
    for (const publication of ['initialised', 'racy'] as const) {
      const readings: Readings = { ...DEFAULT_READINGS, publication };
      const touched = new Set<Addr>();
      const wasm = known(findModel('wasm'), 'wasm');
      const watching: Model = {
        ...wasm,
        check(execution) {
          for (const { actions } of execution.events) for (const { region } of actions) touched.add(objectOf(region));
          return wasm.check(execution);
        },
      };
      const { outcomes } = exploreProgram(programOf(join(library, file), readings), watching, { readings });
      const names = outcomes.flatMap(({ witness }) => [...(witness?.objects ?? [])]);
      const own = names.filter(([, name]) => name.endsWith('mine')).map(([addr]) => addr as Addr);
      expect(own.length).toBeGreaterThan(0);
      expect(own.filter((addr) => touched.has(addr))).toEqual([]);
    }
  });
});
