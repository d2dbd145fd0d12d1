;; Store buffering on globals.
;; W x1; R y0 || W y1; R x0.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (global $y (export "y") (shared mut i32) (i32.const 0))

  (func (export "t1") shared (result i32)
    (global.set $x (i32.const 1))
    (global.get $y))

  (func (export "t2") shared (result i32)
    (global.set $y (i32.const 1))
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-SB"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "unordered accesses order nothing")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two writes is before both reads"))
