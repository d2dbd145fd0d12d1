;; Message passing by two globals: the flag is seen, the message is not.
;; W x1; W y1 || R y1; R x0.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (global $y (export "y") (shared mut i32) (i32.const 0))

  (func (export "t1") shared
    (global.set $x (i32.const 1))
    (global.set $y (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (global.get $y)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-MP"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "unordered accesses to globals do not synchronise")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is written before y, and y is read before x"))
