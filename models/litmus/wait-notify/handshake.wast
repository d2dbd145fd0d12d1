;; Whether it was woken or found the control word changed, a waiter sees what was written before.
;; wait a0; R y0 || W y1; Wsc a1; notify a.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32 i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))
    (i32.load8_u (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.store8 (i32.const 4) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (memory.atomic.notify (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "handshake"
  (exists (= T1:0:1 (i32.const 0)))
  (verdict "wasm" forbidden "THREADS relaxed.rst, suspensions"
    "hb-consistent-3: woken or not equal, the waiter happens after the store of y")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: woken or not equal, the waiter happens after the store of y")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: woken or not equal, the waiter reads y after the store"))
