;; Two acqrel compare-exchanges of the initial value both succeed.
;; Ura x 0->1 || Ura x 0->2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.cmpxchg acq_rel (i32.const 0) (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.cmpxchg acq_rel (i32.const 0) (i32.const 0) (i32.const 2))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "cas-one-winner+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "rmw-atomicity: each would have to come before the other in the modification order")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript, an update too, and unordered updates are not bound")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the second compare-exchange reads what the first wrote, and fails")
  (outcomes "wasm" "proofs-notes/acqrel.md"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 0)))))
