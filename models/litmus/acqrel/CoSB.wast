;; Each of two threads writes x and then reads the other’s value.
;; Wra x1; Rra x2 || Wra x2; Rra x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 0)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoSB"
  (exists (and (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "atomic-coherence: the first thread puts Wx1 before Wx2 in the modification order, the second Wx2 before Wx1")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later write is what its own thread reads"))
