;; Store buffering on acquire-release globals.
;; Wra x1; Rra y0 || Wra y1; Rra x0.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (global $y (export "y") (shared mut i32) (i32.const 0))

  (func (export "t1") shared (result i32)
    (global.atomic.set acq_rel $x (i32.const 1))
    (global.atomic.get acq_rel $y))

  (func (export "t2") shared (result i32)
    (global.atomic.set acq_rel $y (i32.const 1))
    (global.atomic.get acq_rel $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-SB+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "acq_rel accesses are not in the sync of sc-last-visible")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two writes is before both reads"))
