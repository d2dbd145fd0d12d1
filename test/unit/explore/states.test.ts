import { describe, expect, test } from 'vitest';
import { exploreProgram, program } from '../../support/explore-file.ts';

const thread = (name: string, body: string, result: string): string => `
(thread $${name} (shared (module $m)) (register "mem" $m)
  (module $x (memory (import "mem" "shared") 1 1 shared)
    (func (export "run") ${result} (local $i i32) (local $w i32) (local $h i32) ${body}))
  (invoke $x "run"))`;

function script(bodies: readonly string[], result = ''): string {
  const names = bodies.map((_, t) => `T${t + 1}`);
  return `
(module $m (memory (export "shared") 1 1 shared))
(register "mem" $m)
${bodies.map((body, t) => thread(names[t] ?? '', body, result)).join('')}
${names.map((name) => `(wait $${name})`).join(' ')}`;
}

const ADD = '(drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))';

const insert = (t: number): string => `
  (loop $next
    (local.set $w (i32.add (i32.mul (i32.const 11) (local.get $i)) (i32.const ${t})))
    (local.set $h (i32.rem_u (i32.mul (i32.const 7) (local.get $w)) (i32.const 128)))
    (loop $probe
      (if (i32.atomic.rmw.cmpxchg (i32.mul (i32.const 4) (local.get $h)) (i32.const 0) (local.get $w))
        (then
          (local.set $h (i32.rem_u (i32.add (local.get $h) (i32.const 1)) (i32.const 128)))
          (br $probe))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $i) (i32.const 4))))`;

describe('the strategy states', () => {
  test.each([2, 4, 8])('%i alike threads that add 1 have a state for each number of those that have', (n) => {
    const { executions, method, complete } = exploreProgram(program(script(Array<string>(n).fill(ADD))), 'sc', {
      strategy: 'states',
    });
    expect({ executions, states: method.states, complete }).toEqual({ executions: 1, states: n + 1, complete: true });
  });

  test('alike threads that tell what they read have an execution for each order, and as many states as before', () => {
    const old = ADD.slice('(drop '.length, -1);
    const { executions, method, outcomes } = exploreProgram(
      program(script(Array<string>(4).fill(old), '(result i32)')),
      'sc',
      { strategy: 'states' },
    );
    expect([executions, outcomes.length, method.states]).toEqual([24, 24, 5]);
  });

  test('threads that are not alike have a state for each set of those that have ended', () => {
    const bodies = Array.from({ length: 4 }, (_, t) => ADD.replace('(i32.const 1)', `(i32.const ${2 ** t})`));
    const { method } = exploreProgram(program(script(bodies)), 'sc', { strategy: 'states' });
    expect(method.states).toBe(2 ** 4);
  });

  test('threads that never meet cost no more than one after the other', () => {
    const bodies = Array.from({ length: 11 }, (_, t) => insert(t));
    const { executions, method } = exploreProgram(program(script(bodies)), 'sc', { strategy: 'states' });
    expect(executions).toBe(1);
    expect(method.states).toBe(11 * 4 + 1);
  });

  test('a lock that is never released is a deadlock, not an endless search', () => {
    const lock = '(loop $try (br_if $try (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))))';
    const result = exploreProgram(program(script([lock, lock])), 'sc', { strategy: 'states' });
    expect(result.complete).toBe(true);
    expect(result.outcomes.map(({ deadlock }) => deadlock)).toEqual([true, true]);
  });
});
