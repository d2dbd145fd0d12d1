;; Each of two threads reads the value that the other writes to the same place afterwards.
;; Rra x2; Wra x1 || Rra x1; Wra x2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoLB"
  (exists (and (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3, atomic-coherence: both rf edges synchronise, a cycle of hb, in which each write hides itself")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: no axiom forbids a cycle of po and rf")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes after the other’s write, and before its own"))
