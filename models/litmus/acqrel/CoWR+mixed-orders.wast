;; A thread sees another’s acqrel write after its own seqcst one, and yet its own comes last.
;; Wsc x1; Rra x2 || Wra x2; at the end x = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 0)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "CoWR+mixed-orders"
  (exists (and (= T1:0:0 (i32.const 2)) (= main:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "atomic-coherence: Rx2 puts Wx1 before Wx2 in the modification order, the last read Wx2 before Wx1; sc-last-visible-3 needs both seqcst")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Rx2 after Wx1 puts Wx2 between them, so 2 is the last write"))
