;; [PLDI20] The ARMv8 test with one read of the initial value: a plain write comes between a seqcst write and its read in tot.
;; Wsc x1; W x2; Rsc y0 || Wsc y1; Rsc x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "ARMv8-init"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "sc-last-visible-1 keeps out seqcst writes only; ARMv8 allows it, as its plain store may come after the load-acquire")
  (verdict "wasm-oopsla19" allowed "OOPSLA19 Fig. 16"
    "sc-last-visible-1 keeps out seqcst writes only")
  (verdict "js-es2018" forbidden "PLDI20"
    "sc-last-visible-1: Ry0 comes before Wy1 in tot, so Wx2, of the same range, comes between Wx1 and Rx1")
  (verdict "js-es2018-scdrf" forbidden "PLDI20"
    "sc-last-visible-1: Wx2, of the same range, comes between Wx1 and Rx1 in tot")
  (verdict "js-repaired" allowed "PLDI20"
    "only seqcst writes are kept from coming between a write and its read")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "the plain store after it may come later than the load-acquire behind that")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wx2, Ry0, Wy1, Rx1 is one chain, in which Rx1 does not see the last write"))
