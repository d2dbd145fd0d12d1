;; Notifications of different addresses order nothing.
;; W x1; notify a; R y0 || W y1; notify b; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))
    (i32.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.store (i32.const 4) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 12) (i32.const 1)))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "notify-SB+apart"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "THREADS relaxed.rst, suspensions"
    "only the operations on one queue are ordered")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "only the operations on one waiter list are ordered")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two stores is before both reads"))
