;; Three increments return 0, 1 and 2 in some order.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "t3") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)
(invoke $M "final")

(litmus "increments-3"
  (forall (= main:0:0 (i32.const 3)))
  (verdict "wasm" required "OOPSLA19 Fig. 16"
    "each reads what another wrote or the initial 0, and no two read the same")
  (verdict "js-es2018" required "ECMA-262, 9th edition, §27"
    "each reads what another wrote or the initial 0, and no two read the same")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "each reads the one before it")
  (outcomes "wasm" "OOPSLA19 Fig. 16"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 2)))
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 2)) (= T3:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 2)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 2)) (= T3:0:0 (i32.const 0)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 0)))))
