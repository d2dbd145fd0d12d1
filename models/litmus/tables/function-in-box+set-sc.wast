;; An atomic set does not help a reader that gets the slot unordered.
;; W x1; Wsc t0 || R t0; call it; R x0.

(module $M shared
  (type $f (shared (func (result i32))))
  (type $box (shared (struct (field (ref $f)))))
  (table $t (export "t") shared 1 1 (ref null $box))
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (elem declare (ref null $f) (ref.func $new))

  (func $new shared (type $f)
    (global.get $x))

  (func (export "t1") shared
    (global.set $x (i32.const 1))
    (table.atomic.set seq_cst $t (i32.const 0) (struct.new $box (ref.func $new))))

  (func (export "t2") shared (result i32) (local $b (ref null $box))
    (local.set $b (table.get $t (i32.const 0)))
    (if (result i32) (ref.is_null (local.get $b))
      (then (i32.const -1))
      (else (call_ref $f (struct.get $box 0 (local.get $b)))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "function-in-box+set-sc"
  (exists (= T2:0:0 (i32.const 0)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "accesses synchronise only if both are atomic")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is written before the slot, and the slot is read before x"))
