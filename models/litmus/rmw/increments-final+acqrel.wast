;; Two acqrel increments leave 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "increments-final+acqrel"
  (exists (= main:0:0 (i32.const 1)))
  (verdict "wasm" forbidden "ACQREL"
    "rmw-atomicity: both would have to read the initial 0, and each would come before the other in the modification order")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript, an update too, and unordered updates are not bound")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the second increment reads the first")
  (outcomes "wasm" "proofs-notes/acqrel.md"
    (outcome (= main:0:0 (i32.const 2)))))
