;; table.size that sees the growth sees what was written before it.
;; W x1; grow t || size 2; R x0.

(module $M shared
  (table $t (export "t") shared 1 2 (ref null (shared i31)))
  (global $x (export "x") (shared mut i32) (i32.const 0))

  (func (export "t1") shared
    (global.set $x (i32.const 1))
    (drop (table.grow $t (ref.i31_shared (i32.const 5)) (i32.const 1))))

  (func (export "t2") shared (result i32 i32)
    (table.size $t)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "table-grow+size"
  (exists (and (= T2:0:0 (i32.const 2)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 §4.1"
    "hb-consistent-3: table.size and the growth synchronise, so the write of x hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is written before the growth, and the size is read before x"))
