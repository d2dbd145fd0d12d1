;; A datum is handed over by compare-exchange to one of two takers: taken empty, or twice.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; The state at 0: 0 empty, 1 full, 2 taken. The datum at 4.
  (func (export "t1") shared (result i32)
    (i32.store (i32.const 4) (i32.const 42))
    (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))

  (func $take shared (result i32)
    (if (result i32) (i32.eq (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 1) (i32.const 2)) (i32.const 1))
      (then (i32.load (i32.const 4)))
      (else (i32.const -1))))

  (func (export "t2") shared (result i32) (call $take))
  (func (export "t3") shared (result i32) (call $take)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "handover"
  (exists (or (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 0)) (and (= T2:0:0 (i32.const 42)) (= T3:0:0 (i32.const 42)))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: who takes synchronises with the giver; by sc-last-visible-1 and -2 not both take")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: who takes synchronises with the giver; by sc-last-visible-1 not both take")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the datum is written before the state, and the state 1 is taken once"))
