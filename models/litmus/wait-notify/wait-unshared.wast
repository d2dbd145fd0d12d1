;; A wait on an unshared memory traps; a notification there wakes nobody.
;; unshared: notify: 0; wait: trap.

(module $M
  (memory 1)

  (func (export "notify") (result i32)
    (memory.atomic.notify (i32.const 0) (i32.const 1)))

  (func (export "wait") (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))

(invoke $M "notify")
(invoke $M "wait")

(litmus "wait-unshared"
  (forall (and (= main:0:0 (i32.const 0)) (trap main:1 "expected shared memory")))
  (verdict "wasm" required "THREADS, Wait"
    "nobody else could notify")
  (verdict "sc" required "THREADS, Wait"
    "nobody else could notify"))
