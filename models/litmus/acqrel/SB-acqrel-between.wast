;; Store buffering puts one seqcst write of x before another; an acqrel write before the one and seen after the other puts them the other way round.
;; Wra x3; Wsc x1; Rsc y0 || Wsc y1; Wsc x2; Rra x3.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 3))
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB-acqrel-between"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 3))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "sc-modification-order: tot puts Wx1 before Wx2, so the modification order does; atomic-coherence asks for Wx2, Wx3, Wx1")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx3, Wx1, Ry0, Wy1, Wx2 is one chain, and Rx3 does not see the last write"))
