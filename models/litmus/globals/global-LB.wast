;; Load buffering on globals: each read sees the write that follows the other.
;; R x1; W y1 || R y1; W x1.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (global $y (export "y") (shared mut i32) (i32.const 0))

  (func (export "t1") shared (result i32)
    (global.get $x)
    (global.set $y (i32.const 1)))

  (func (export "t2") shared (result i32)
    (global.get $y)
    (global.set $x (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-LB"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "unordered reads-from is not in hb, so it may form a cycle with po")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read would be after the write that it comes before"))
