;; A racing table.set may give the slot a function of another type: the call traps, or calls the old one.
;; W t0 || call t0.

(module $M shared
  (type $f (shared (func (result i32))))
  (type $g (shared (func (result i64))))
  (table $t (export "t") shared 1 1 (ref null (shared func)) (ref.func $one))
  (elem declare (ref null (shared func)) (ref.func $two))

  (func $one shared (type $f)
    (i32.const 1))

  (func $two shared (type $g)
    (i64.const 2))

  (func (export "t1") shared
    (table.set $t (i32.const 0) (ref.func $two)))

  (func (export "t2") shared (result i32)
    (call_indirect $t (type $f) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "call-indirect-type"
  (exists (trap T2:0 "indirect call type mismatch"))
  (verdict "wasm" allowed "core 3.0, call_indirect"
    "the type is checked of the reference that was read")
  (verdict "sc" allowed "core 3.0, call_indirect"
    "the set may come first")
  (outcomes "wasm" "core 3.0, call_indirect"
    (outcome (= T2:0:0 (i32.const 1)))
    (outcome (trap T2:0 "indirect call type mismatch")))
  (outcomes "sc" "core 3.0, call_indirect"
    (outcome (= T2:0:0 (i32.const 1)))
    (outcome (trap T2:0 "indirect call type mismatch"))))
