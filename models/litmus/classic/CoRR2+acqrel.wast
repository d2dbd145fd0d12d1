;; Coherence: two readers see two acquire-release writes of one location in opposite orders.
;; Wra x1 || Wra x2 || Rra x1; Rra x2 || Rra x2; Rra x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.load acq_rel (i32.const 0)))

  (func (export "t4") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "CoRR2+acqrel"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 2)) (= T4:0:0 (i32.const 2)) (= T4:0:1 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "atomic-coherence: the first reader puts Wx1 before Wx2 in the modification order, the second Wx2 before Wx1")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first reader puts Wx1 before Wx2, the second Wx2 before Wx1"))
