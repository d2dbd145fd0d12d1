;; The least violation of SC-DRF: Wsc x1; Rsc x2; R x1 || Wsc x2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32 i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 0))
    (i32.load (i32.const 0)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 0) (i32.const 2))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SC-DRF-least"
  (exists (and (= T1:0:0 (i32.const 2)) (= T1:0:1 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 §6; recomputed by enumeration"
    "sc-last-visible-3: Rsc x2 puts Wx1 before Wx2 in tot, and both happen before the plain read")
  (verdict "wasm-oopsla19" forbidden "OOPSLA19 §6; recomputed by enumeration"
    "sc-last-visible-3: Rsc x2 puts Wx1 before Wx2 in tot, and both happen before the plain read")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 §6; recomputed by enumeration"
    "without sc-last-visible-3 the plain read may see a write that tot hides, although nothing races")
  (verdict "js-es2018" allowed "OOPSLA19 §6; recomputed by enumeration"
    "without sc-last-visible-3 the plain read may see a write that tot hides, although nothing races")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 §6; recomputed by enumeration"
    "sc-last-visible-3: Rsc x2 puts Wx1 before Wx2 in tot, and both happen before the plain read")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-3: both writes happen before the plain read, which sees the later one of tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wx2, Rx2 is one chain, so the next read sees 2"))
