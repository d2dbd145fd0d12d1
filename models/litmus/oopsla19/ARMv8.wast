;; An 8-event execution that ARMv8 allows:
;; Wsc x1; Wsc x2; W y1; Wsc z1 || Wsc y2; Rsc x1; Rsc z1; Rsc y2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.store (i32.const 4) (i32.const 1))
    (i32.atomic.store (i32.const 8) (i32.const 1)))

  (func (export "t2") shared (result i32 i32 i32)
    (i32.atomic.store (i32.const 4) (i32.const 2))
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 8))
    (i32.atomic.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "ARMv8"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 1)) (= T2:0:2 (i32.const 2))))
  (verdict "wasm" allowed "PLDI20; recomputed by enumeration"
    "only seqcst writes are kept from coming between a seqcst write and its read, and Wy1 is unordered")
  (verdict "wasm-oopsla19" allowed "PLDI20; recomputed by enumeration"
    "only seqcst writes are kept from coming between a seqcst write and its read, and Wy1 is unordered")
  (verdict "wasm-oopsla19-uncorrected" allowed "PLDI20; recomputed by enumeration"
    "only seqcst writes are kept from coming between a seqcst write and its read, and Wy1 is unordered")
  (verdict "js-es2018" forbidden "PLDI20; recomputed by enumeration"
    "sc-last-visible-1: no write of its range, an unordered one too, comes between a seqcst write and its read")
  (verdict "js-es2018-scdrf" forbidden "PLDI20; recomputed by enumeration"
    "sc-last-visible-1: no write of its range, an unordered one too, comes between a seqcst write and its read")
  (verdict "js-repaired" allowed "PLDI20"
    "only seqcst writes are kept from coming between a write and its read")
  (verdict "armv8" allowed "PLDI20"
    "Wy1 is plain and may come late: hardware shows it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Rx1 comes before Wx2, so Wy2 before Wy1, and the last read sees 1"))
