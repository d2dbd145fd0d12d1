;; A function is set into a table without order; whoever calls it may not see what was written for it.
;; W x1; W t0 || call t0: new; R x0.

(module $M shared
  (type $f (shared (func (result i32))))
  (table $t (export "t") shared 1 1 (ref null $f) (ref.func $old))
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (elem declare (ref null $f) (ref.func $new))

  (func $old shared (type $f)
    (i32.const -1))

  (func $new shared (type $f)
    (global.get $x))

  (func (export "t1") shared
    (global.set $x (i32.const 1))
    (table.set $t (i32.const 0) (ref.func $new)))

  (func (export "t2") shared (result i32)
    (call_indirect $t (type $f) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "call-indirect"
  (exists (= T2:0:0 (i32.const 0)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "the slot does not synchronise")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is set before the slot, and the slot is read before x")
  (outcomes "wasm" "OOPSLA19 Fig. 16"
    (outcome (= T2:0:0 (i32.const -1)))
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 1))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T2:0:0 (i32.const -1)))
    (outcome (= T2:0:0 (i32.const 1)))))
