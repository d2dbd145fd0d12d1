;; Waiters are woken first come, first served: the second to enter is not woken while the first sleeps.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "first") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))

  (func (export "notify") shared (result i32)
    (memory.atomic.notify (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "first"))
(thread $T2 (shared (module $M)) (invoke $M "first"))
(thread $T3 (shared (module $M)) (invoke $M "notify"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "fifo"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "THREADS relaxed.rst, suspensions"
    "no execution: one notification of one waiter wakes one")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "no execution: one notification of one waiter wakes one")
  (verdict "sc" forbidden "THREADS relaxed.rst, suspensions"
    "no execution: one notification of one waiter wakes one"))
