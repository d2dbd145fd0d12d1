;; Store buffering on atomic globals.
;; Wsc x1; Rsc y0 || Wsc y1; Rsc x0.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (global $y (export "y") (shared mut i32) (i32.const 0))

  (func (export "t1") shared (result i32)
    (global.atomic.set seq_cst $x (i32.const 1))
    (global.atomic.get seq_cst $y))

  (func (export "t2") shared (result i32)
    (global.atomic.set seq_cst $y (i32.const 1))
    (global.atomic.get seq_cst $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-SB+sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: each read would have to come before the other thread’s write in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two writes is before both reads"))
