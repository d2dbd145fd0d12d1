;; [OOPSLA19 Fig. 24] What sc-last-visible-1 forbids: a seqcst write seen past a later one that tot puts before the read.
;; Wsc x1; Rsc y0 || Wsc y1; Wsc x2; Rsc z0 || Wsc z1; Rsc x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 8)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "Fig24"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 24"
    "sc-last-visible-1: y and z put Wx1, Wx2, Rx1 in this order in tot")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-2 the reads of 0 put nothing in order")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: y and z put Wx1, Wx2, Rx1 in this order in tot")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 §6.3"
    "sc-last-visible-1: y and z put Wx1, Wx2, Rx1 in this order in tot")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-1: y and z put Wx1, Wx2, Rx1 in this order in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Wx2, Rz0, Wz1, Rx1 is one chain, in which Rx1 does not see the last write"))
