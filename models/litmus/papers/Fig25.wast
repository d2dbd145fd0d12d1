;; [OOPSLA19 Fig. 25] What sc-last-visible-2 forbids: a plain write that happens before both a seqcst write and a read, seen past that write. Nothing races in that execution.
;; W x1; Wsc z1; Wsc x2; Rsc y0 || Wsc y1; Rsc z1; Rsc x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load (i32.const 8))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "Fig25"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 25"
    "sc-last-visible-2: y puts Wx2 before Rx1 in tot, and z makes Wx1 happen before Rx1")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 §2.1; Batty et al., POPL 2011"
    "a read of a plain write is bound by hb alone: not SC-DRF")
  (verdict "js-es2018" allowed "OOPSLA19 §6.2"
    "a read of a plain write is bound by hb alone: not SC-DRF")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 Fig. 25"
    "sc-last-visible-2: y puts Wx2 before Rx1 in tot, and z makes Wx1 happen before Rx1")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-2: y puts Wx2 before Rx1 in tot, and z makes Wx1 happen before Rx1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wx2, Ry0, Wy1, Rx1 is one chain, in which Rx1 does not see the last write"))
