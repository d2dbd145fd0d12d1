;; Store buffering, all sequentially consistent, both reads 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB-sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16; recomputed by enumeration"
    "sc-last-visible-2: each read of the initial 0 comes before the write that it misses in tot")
  (verdict "wasm-oopsla19" forbidden "OOPSLA19 Fig. 16; recomputed by enumeration"
    "sc-last-visible-2: each read of the initial 0 comes before the write that it misses in tot")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 §6; recomputed by enumeration"
    "without sc-last-visible-2 a read of the initial write is bound by hb alone")
  (verdict "js-es2018" forbidden "recomputed by enumeration"
    "sc-last-visible-1: a read of init alone synchronises with it, so the write that it misses comes later in tot")
  (verdict "js-es2018-scdrf" forbidden "recomputed by enumeration"
    "sc-last-visible-1, sc-last-visible-2: each read of the initial 0 comes before the write that it misses")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-1, sc-last-visible-2: each read of the initial 0 comes before the write that it misses")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Rx0 is one chain, and Rx0 comes before Wx1"))
