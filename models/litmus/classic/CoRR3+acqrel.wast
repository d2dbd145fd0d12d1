;; Coherence: one reader sees two other threads’ writes, and then the first again.
;; Wra x1 || Wra x2 || Rra x1; Rra x2; Rra x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2)))

  (func (export "t3") shared (result i32 i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "CoRR3+acqrel"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 2)) (= T3:0:2 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "atomic-coherence: Rx2 puts Wx1 before Wx2 in the modification order, the last read Wx2 before Wx1")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1 comes before Wx2, and Wx2 before the last read"))
