;; An array’s length never changes: an access out of bounds traps, whatever other threads do.
;; W a1 || R a2.

(module $M shared
  (type $a (shared (array (mut i32))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))

  (func (export "t1") shared
    (array.set $a (global.get $o) (i32.const 1) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (array.get $a (global.get $o) (i32.const 2))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "array-bounds"
  (forall (trap T2:0 "out of bounds array access"))
  (verdict "wasm" required "DOMAIN §3"
    "the length is not in shared state")
  (verdict "sc" required "DOMAIN §3"
    "the length is not in shared state"))
