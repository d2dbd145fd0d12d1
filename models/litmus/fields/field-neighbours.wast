;; Writes of neighbouring packed fields do not disturb each other.
;; W x1 || W y2; then x and y.

(module $M shared
  (type $s (shared (struct (field $x (mut i8)) (field $y (mut i8)))))
  (global $o (shared (ref $s)) (struct.new $s (i32.const 0) (i32.const 0)))

  (func (export "t1") shared
    (struct.set $s $x (global.get $o) (i32.const 1)))

  (func (export "t2") shared
    (struct.set $s $y (global.get $o) (i32.const 2)))

  (func (export "both") shared (result i32 i32)
    (struct.get_u $s $x (global.get $o))
    (struct.get_u $s $y (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "both")

(litmus "field-neighbours"
  (forall (and (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 2))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "each field is a location of its own, and both writes happen before the reads")
  (verdict "sc" required "shared-everything-threads overview, Memory Model Considerations"
    "each field is a location of its own"))
