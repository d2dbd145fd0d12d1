/** Small scripts, each with something else that a walk comes to. */

const two = (declarations: string, first: string, second: string): string => `(module $M shared
  (memory (export "mem") 1 1 shared)
  ${declarations}
  (func (export "t1") shared (result i32) ${first})
  (func (export "t2") shared (result i32) ${second}))
(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)`;

/** Weak: both may read 0. */
export const STORE_BUFFERING = two(
  '',
  '(i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 4))',
  '(i32.store (i32.const 4) (i32.const 1)) (i32.load (i32.const 0))',
);

export const UPDATES = two(
  '',
  '(i32.atomic.rmw.add (i32.const 0) (i32.const 1))',
  '(i32.atomic.rmw.add (i32.const 0) (i32.const 2))',
);

/** The notify may come too early. */
export const DEADLOCK = two(
  '',
  '(memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))',
  '(memory.atomic.notify (i32.const 0) (i32.const 1))',
);

/** Only if the other thread has not written by then. */
export const TRAPS = two(
  '',
  '(if (i32.eqz (i32.atomic.load (i32.const 0))) (then unreachable)) (i32.const 1)',
  '(i32.atomic.store (i32.const 0) (i32.const 1)) (i32.const 2)',
);

/** Calls, blocks and a fork. */
export const FORKS = `(module shared
  (memory 1 1 shared)
  (func $child shared (i32.atomic.store (i32.const 0) (i32.const 7)))
  (func $read shared (result i32) (block (result i32) (i32.atomic.load (i32.const 0))))
  (func (export "f") shared (result i32) (fork $child) (i32.atomic.store (i32.const 8) (i32.const 1)) (i32.add (call $read) (call $read))))
(invoke "f")`;
