;; Store buffering on single bytes, unordered writes, sequentially consistent reads, both 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store8 (i32.const 0) (i32.const 1))
    (i32.atomic.load8_u (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.store8 (i32.const 4) (i32.const 1))
    (i32.atomic.load8_u (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB-bytes"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "recomputed by enumeration"
    "sc-last-visible-2 speaks of seqcst writes only")
  (verdict "wasm-oopsla19" allowed "recomputed by enumeration"
    "sc-last-visible-2 speaks of seqcst writes only")
  (verdict "wasm-oopsla19-uncorrected" allowed "recomputed by enumeration"
    "sc-last-visible-2 speaks of seqcst writes only")
  (verdict "js-es2018" forbidden "recomputed by enumeration"
    "sc-last-visible-1: a read of init alone synchronises with it, so no write of its range, an unordered one too, comes between")
  (verdict "js-es2018-scdrf" forbidden "recomputed by enumeration"
    "sc-last-visible-1: a read of init alone synchronises with it, so no write of its range, an unordered one too, comes between")
  (verdict "js-repaired" allowed "PLDI20"
    "only seqcst writes are kept from coming between a write and its read")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Rx0 is one chain, and Rx0 comes before Wx1"))
