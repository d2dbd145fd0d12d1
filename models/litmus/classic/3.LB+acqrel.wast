;; Load buffering around three threads: each reads what the one before writes afterwards.
;; Rra x1; Wra y1 || Rra y1; Wra z1 || Rra z1; Wra x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.atomic.store acq_rel (i32.const 8) (i32.const 1)))

  (func (export "t3") shared (result i32)
    (i32.atomic.load acq_rel (i32.const 8))
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "3.LB+acqrel"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3: every rf edge synchronises, so the cycle of po and rf is one of hb")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Wy1, Ry1, Wz1, Rz1 is one chain, and Rz1 comes before Wx1"))
