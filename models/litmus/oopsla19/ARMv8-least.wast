;; The least execution that ARMv8 allows and ES2018 forbade:
;; Wsc x1; W x2; Rsc y1 || Wsc y1; W y2; Rsc x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.store (i32.const 4) (i32.const 2))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "ARMv8-least"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "PLDI20; recomputed by enumeration"
    "only seqcst writes are kept from coming between a seqcst write and its read, and W x2 is unordered")
  (verdict "wasm-oopsla19" allowed "PLDI20; recomputed by enumeration"
    "only seqcst writes are kept from coming between a seqcst write and its read, and W x2 is unordered")
  (verdict "wasm-oopsla19-uncorrected" allowed "PLDI20; recomputed by enumeration"
    "only seqcst writes are kept from coming between a seqcst write and its read, and W x2 is unordered")
  (verdict "js-es2018" forbidden "PLDI20; recomputed by enumeration"
    "sc-last-visible-1: no write of its range, an unordered one too, comes between a seqcst write and its read")
  (verdict "js-es2018-scdrf" forbidden "PLDI20; recomputed by enumeration"
    "sc-last-visible-1: no write of its range, an unordered one too, comes between a seqcst write and its read")
  (verdict "js-repaired" allowed "PLDI20"
    "only seqcst writes are kept from coming between a write and its read")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "the plain store after it may come later than the load-acquire behind that")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wx2, Ry1, Wy2, Rx1 is one chain, in which Rx1 does not see the last write"))
