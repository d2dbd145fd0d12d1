;; Store buffering where one location was written by an acqrel write before: the reader sees that write, past the seqcst one.
;; Wra x1 || Wsc x2; Rsc y0 || Wsc y1; Rsc x1; at the end x = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 4)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load (i32.const 0)))

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

(litmus "SB-acqrel-overwritten"
  (exists (and (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 1)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "sc-last-visible-acqrel: a seqcst read sees no acqrel write past a seqcst one that is later in the modification order and earlier in tot")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the acqrel write counts as unordered in JavaScript and races")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wx2, Ry0, Wy1, Rx1 is one chain, in which Rx1 does not see the last write"))
