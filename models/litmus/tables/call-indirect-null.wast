;; A slot that another thread fills may still be empty when it is called.
;; W t0 || call t0.

(module $M shared
  (type $f (shared (func (result i32))))
  (table $t (export "t") shared 1 1 (ref null $f))
  (elem declare (ref null $f) (ref.func $new))

  (func $new shared (type $f)
    (i32.const 1))

  (func (export "t1") shared
    (table.set $t (i32.const 0) (ref.func $new)))

  (func (export "t2") shared (result i32)
    (call_indirect $t (type $f) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "call-indirect-null"
  (exists (trap T2:0 "uninitialized element"))
  (verdict "wasm" allowed "core 3.0, call_indirect"
    "the read of the slot may take the initial null")
  (verdict "sc" allowed "core 3.0, call_indirect"
    "the call may come first")
  (outcomes "wasm" "core 3.0, call_indirect"
    (outcome (= T2:0:0 (i32.const 1)))
    (outcome (trap T2:0 "uninitialized element")))
  (outcomes "sc" "core 3.0, call_indirect"
    (outcome (= T2:0:0 (i32.const 1)))
    (outcome (trap T2:0 "uninitialized element"))))
