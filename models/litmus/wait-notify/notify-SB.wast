;; Notifications of one address order what is around them, even if nobody waits.
;; W x1; notify; R y0 || W y1; notify; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))
    (i32.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.store (i32.const 4) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1)))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "notify-SB"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "THREADS relaxed.rst, suspensions"
    "hb-consistent-3: the operations on a queue are in hb order, so the later thread happens after the other’s store")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the critical sections of a waiter list are in hb order")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two stores is before both reads"))
