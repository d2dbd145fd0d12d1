;; An access that is in bounds because of the growth does not see what was written before it.
;; W x1; grow t || R t1: in bounds; R x0.

(module $M shared
  (table $t (export "t") shared 1 2 (ref null (shared i31)))
  (global $x (export "x") (shared mut i32) (i32.const 0))

  (func (export "t1") shared
    (global.set $x (i32.const 1))
    (drop (table.grow $t (ref.i31_shared (i32.const 5)) (i32.const 1))))

  (func (export "t2") shared (result (ref null (shared i31)) i32)
    (table.get $t (i32.const 1))
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "table-grow"
  (exists (and (= T2:0:0 (ref.i31 5)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §4.1"
    "a bounds check orders nothing")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is written before the growth, and the bounds check is before the read of x"))
