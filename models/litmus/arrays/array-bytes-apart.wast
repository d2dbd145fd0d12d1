;; Writes of neighbouring bytes do not disturb each other.
;; W a0 1 || W a1 2; then both.

(module $M shared
  (type $a (shared (array (mut i8))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))

  (func (export "t1") shared
    (array.set $a (global.get $o) (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (array.set $a (global.get $o) (i32.const 1) (i32.const 2)))

  (func (export "both") shared (result i32 i32)
    (array.get_u $a (global.get $o) (i32.const 0))
    (array.get_u $a (global.get $o) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "both")

(litmus "array-bytes-apart"
  (forall (and (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 2))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "each element is a location of its own")
  (verdict "sc" required "shared-everything-threads overview, Memory Model Considerations"
    "each element is a location of its own"))
