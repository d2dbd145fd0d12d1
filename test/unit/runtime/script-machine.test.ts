import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import type { ThreadId } from '../../../src/event/location.ts';
import { addrOf, MAIN, regionOf } from '../../../src/event/location.ts';
import type { Request, Response } from '../../../src/event/request.ts';
import { UNIT } from '../../../src/event/request.ts';
import type { ExecState } from '../../../src/exec/thread.ts';
import type { CallStart, Machine, Suspended } from '../../../src/runtime/executor.ts';
import { objectNames } from '../../../src/runtime/object-names.ts';
import { makeScriptMachine } from '../../../src/runtime/script-machine.ts';
import type { ScriptLog, ScriptStart, ScriptState } from '../../../src/runtime/script-state.ts';
import { scriptLog } from '../../../src/runtime/script-state.ts';
import { scriptMain } from '../../../src/runtime/session.ts';
import { exec, i32, script } from './support.ts';

type State = ScriptState<ExecState>;

/** A script thread that a test answers by hand. */
class Conversation {
  readonly machine: Machine<State, ScriptStart | CallStart>;
  at: Suspended<State>;

  constructor(text: string) {
    const program = script(text);
    this.machine = makeScriptMachine(exec(), program);
    this.at = this.machine.start(scriptMain(program));
  }

  get request(): Request {
    return this.at.request;
  }

  get log(): ScriptLog {
    return scriptLog(this.at.state);
  }

  answer(response: Response): Request {
    this.at = this.machine.resume(this.at.state, response);
    return this.at.request;
  }

  /** The start of the thread that is being forked. */
  forked(): CallStart | ScriptStart {
    if (this.request.kind !== 'fork') throw new Error(`not a fork: ${this.request.kind}`);
    return this.request.start as CallStart | ScriptStart;
  }
}

const units = (...bytes: number[]): Response => ({ kind: 'units', units: bytes });
const MEM =
  '(module $M (memory (export "mem") 1 1 shared) (func (export "load") (result i32) (i32.load (i32.const 4))))';

describe('a script thread asks', () => {
  test('to allocate, to write segments, and what its start function asks', () => {
    const talk = new Conversation(`
      (module (memory 1) (data (i32.const 0) "a") (data (i32.const 9) "b")
        (func $s (i32.store (i32.const 0) (i32.const 7))) (start $s))
      (invoke "nothing")`);
    expect(talk.request.kind).toBe('alloc');
    expect(talk.answer(UNIT)).toMatchObject({ kind: 'access', actions: [{ order: 'init', offset: 0 }] });
    expect(talk.answer(units())).toMatchObject({ kind: 'access', actions: [{ order: 'init', offset: 9 }] });
    expect(talk.answer(units())).toMatchObject({ kind: 'access', actions: [{ order: 'unord', size: 4 }] });
    expect(talk.answer(units()).kind).toBe('done');
    expect(talk.log.ended).toBe(true);
  });

  test('what its actions ask, and records what they return', () => {
    const talk = new Conversation(`${MEM} (invoke "load") (assert_return (invoke "load") (i32.const 5))`);
    talk.answer(UNIT);
    expect(talk.log).toMatchObject({ running: 0, actions: [] });
    talk.answer(units(1, 0, 0, 0));
    expect(talk.log.running).toBe(1);
    expect(talk.answer(units(5, 0, 0, 0)).kind).toBe('done');
    expect(talk.log.actions.map(({ k, result }) => [k, result])).toEqual([
      [0, { kind: 'return', values: [i32(1)] }],
      [1, { kind: 'return', values: [i32(5)] }],
    ]);
    expect(talk.log.assertions).toMatchObject([{ holds: true, message: null }]);
  });

  test('to read a mutable global that it gets, as the global’s type', () => {
    const talk = new Conversation(
      '(module (global (export "g") (mut i64) (i64.const 3))) (assert_return (get "g") (i64.const 4))',
    );
    talk.answer(UNIT);
    const read = { region: regionOf(addrOf(MAIN, 0), 'val'), offset: 0, size: 8, order: 'unord', tearFree: false };
    expect(talk.request).toMatchObject({
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'rd', ...read }],
      site: { shows: 'i64' },
    });
    talk.answer(units(3, 0, 0, 0, 0, 0, 0, 0));
    expect(talk.log.assertions).toMatchObject([{ holds: false, message: 'expected i64 4, got i64 3' }]);
  });

  test('the same things again, given the same answers: states are values', () => {
    const talk = new Conversation(`${MEM} (invoke "load") (invoke "load")`);
    talk.answer(UNIT);
    const before = talk.at.state;
    const first = talk.machine.resume(before, units(9, 0, 0, 0));
    const second = talk.machine.resume(before, units(9, 0, 0, 0));
    expect(second).toEqual(first);
    expect(scriptLog(before).actions).toEqual([]);
  });

  test('and recognises that it spins', () => {
    const talk = new Conversation(`
      (module (memory 1 1 shared) (func (export "spin") (loop (br_if 0 (i32.eqz (i32.load (i32.const 0)))))))
      (invoke "spin")`);
    talk.answer(UNIT);
    const before = talk.at.state;
    talk.answer(units(0, 0, 0, 0));
    expect(talk.machine.sameState(before, talk.at.state)).toBe(true);
    talk.answer(units(1, 0, 0, 0));
    expect(talk.machine.sameState(before, talk.at.state)).toBe(false);
  });
});

describe('traps', () => {
  const TRAPS = '(module (func (export "trap") (unreachable)) (func (export "one") (result i32) (i32.const 1)))';

  test('end their action, and the script goes on', () => {
    const talk = new Conversation(
      `${TRAPS} (invoke "trap") (assert_trap (invoke "trap") "unreachable") (invoke "one")`,
    );
    expect(talk.request.kind).toBe('done');
    expect(talk.log.actions.map(({ result }) => result)).toEqual([
      { kind: 'trap', reason: 'unreachable' },
      { kind: 'trap', reason: 'unreachable' },
      { kind: 'return', values: [i32(1)] },
    ]);
    expect(talk.log.assertions).toMatchObject([{ holds: true }]);
  });

  test('end the group of a thread that has forked: the machine passes them on', () => {
    const talk = new Conversation(`
      (module
        (type $t (shared (func)))
        (func $child (type $t))
        (func (export "fork") (fork $child))
        (func (export "trap") (unreachable)))
      (invoke "fork") (assert_trap (invoke "trap") "unreachable") (invoke "fork")`);
    expect(talk.forked()).toMatchObject({ kind: 'call' });
    expect(talk.answer({ kind: 'forked', thread: 1 as ThreadId })).toMatchObject({
      kind: 'trap',
      reason: 'unreachable',
    });
    expect(talk.log).toMatchObject({ ended: false, running: null, assertions: [{ holds: true }] });
    expect(talk.log.actions).toHaveLength(2);
  });

  test('of a segment leave the module unknown', () => {
    const talk = new Conversation(`
      (assert_trap (module (memory 1) (data (i32.const 65536) "a")) "out of bounds memory access")
      (module $M (memory 0) (data (i32.const 0) "a"))
      (register "m" $M)`);
    expect(talk.request.kind).toBe('alloc');
    expect(talk.answer(UNIT).kind).toBe('access');
    expect(talk.answer({ kind: 'out-of-bounds' }).kind).toBe('alloc');
    expect(talk.answer(UNIT).kind).toBe('access');
    expect(talk.answer({ kind: 'out-of-bounds' }).kind).toBe('done');
    expect(talk.log.commands.map(({ command, status, message }) => [command, status, message])).toEqual([
      ['assert_trap', 'passed', null],
      ['module', 'failed', 'trap: out of bounds memory access'],
      ['register', 'skipped', 'the module $M was refused'],
    ]);
  });
});

describe('thread-locals', () => {
  test('persist over the actions of a thread', () => {
    const talk = new Conversation(`
      (module
        (global $g (export "g") (thread_local mut i32))
        (func (export "set") (param i32) (global.set $g (local.get 0))))
      (assert_return (get "g") (i32.const 0))
      (invoke "set" (i32.const 5))
      (assert_return (get "g") (i32.const 5))`);
    expect(talk.request.kind).toBe('done');
    expect(talk.log.assertions.map(({ holds }) => holds)).toEqual([true, true]);
  });

  test('keep what was set before a trap', () => {
    const talk = new Conversation(`
      (module
        (global $g (export "g") (thread_local mut i32))
        (func (export "set") (global.set $g (i32.const 5)) (unreachable)))
      (assert_trap (invoke "set") "unreachable")
      (assert_return (get "g") (i32.const 5))`);
    expect(talk.log.assertions.map(({ holds }) => holds)).toEqual([true, true]);
  });
});

describe('threads of a script', () => {
  const TWO = `(module $M (memory (export "mem") 1 1 shared)) (register "m" $M)
    (thread $T1 (shared (module $M)) (assert_unlinkable (module (import "m" "mem" (memory 1 1 shared))) "unknown import")
      (register "again" $M) (module (memory 1)) (thread $T11) (wait $T11))
    (thread) (wait $T1) (wait)`;

  test('are forked with their name, and joined by what the fork was answered', () => {
    const talk = new Conversation(TWO);
    talk.answer(UNIT);
    expect(talk.request).toMatchObject({ kind: 'fork', name: 'T1' });
    expect(talk.answer({ kind: 'forked', thread: 4 as ThreadId })).toMatchObject({ kind: 'fork', name: '#0' });
    expect(talk.answer({ kind: 'forked', thread: 6 as ThreadId })).toMatchObject({ kind: 'join', thread: 4 });
    expect(talk.answer(UNIT)).toMatchObject({ kind: 'join', thread: 6 });
    expect(talk.answer(UNIT).kind).toBe('done');
  });

  test('see only what they are given, and name threads and addresses of their own', () => {
    const talk = new Conversation(TWO);
    talk.answer(UNIT);
    const child = talk.machine.start(talk.forked());
    expect(scriptLog(child.state).commands.map(({ command, status }) => [command, status])).toEqual([
      ['assert_unlinkable', 'passed'],
      ['register', 'passed'],
    ]);
    const fresh = regionOf(addrOf(1 as ThreadId, 0), 'length');
    expect(child.request).toMatchObject({ kind: 'alloc', writes: [{ region: fresh }, {}] });
    const { request } = talk.machine.resume(child.state, UNIT);
    expect(request).toMatchObject({ kind: 'fork', name: 'T1/T11' });
  });

  test('of Wasm are calls that the executor makes', () => {
    const talk = new Conversation(`
      (module (type $t (shared (func))) (memory 1 1 shared)
        (func $child (type $t) (i32.store (i32.const 0) (i32.const 1)))
        (func (export "fork") (fork $child)))
      (invoke "fork")`);
    talk.answer(UNIT);
    const child = talk.machine.start(talk.forked());
    expect(child).toMatchObject({ state: { kind: 'call' }, request: { kind: 'access' } });
    expect(scriptLog(child.state)).toMatchObject({ actions: [], running: null, ended: false });
    expect(talk.machine.resume(child.state, units()).request.kind).toBe('done');
  });
});

describe('spectest', () => {
  test('exists where it is imported, its memory allocated once', () => {
    const talk = new Conversation(`
      (module (import "spectest" "print_i32" (func (param i32))) (import "spectest" "global_i32" (global i32))
        (global (export "g") i32 (global.get 0)) (func (export "f") (call 0 (i32.const 3))))
      (assert_return (get "g") (i32.const 666))
      (invoke "f")
      (module (import "spectest" "memory" (memory 1 2)) (import "spectest" "memory" (memory 1)))
      (module (import "spectest" "memory" (memory 1)))`);
    expect(talk.request).toMatchObject({ kind: 'host', name: 'spectest.print_i32', args: ['i32 3'] });
    const alloc = talk.answer(UNIT);
    expect(alloc).toMatchObject({ kind: 'alloc', writes: [{ written: [1] }, { size: 65536 }] });
    expect(talk.answer(UNIT).kind).toBe('done');
    expect(talk.log.commands.every(({ status }) => status === 'passed')).toBe(true);
  });
});

describe('objects are called', () => {
  test('by the first registered name and export, else by identifier, index or position', () => {
    const talk = new Conversation(`
      (module $A (memory (export "mem") (export "same") 1) (global $own (mut i32) (i32.const 0)))
      (register "a" $A) (register "b" $A)
      (module $B (global (export "g") (mut i32) (i32.const 0)) (memory 1))
      (module (table 1 (ref null func)))`);
    while (talk.request.kind !== 'done') talk.answer(UNIT);
    const names = objectNames(talk.at.state);
    expect([0, 1, 2, 3, 4].map((n) => known(names.get(addrOf(MAIN, n)), 'name'))).toEqual([
      'a.mem',
      'a.$own',
      '$B.memory0',
      '$B.g',
      'module2.table0',
    ]);
  });
});
