;; Message passing by two fields of one structure.
;; W x1; W y1 || R y1; R x0.

(module $M shared
  (type $s (shared (struct (field $x (mut i32)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new $s (i32.const 0) (i32.const 0)))

  (func (export "t1") shared
    (struct.set $s $x (global.get $o) (i32.const 1))
    (struct.set $s $y (global.get $o) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (struct.get $s $y (global.get $o))
    (struct.get $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-MP"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "shared-everything-threads overview, Memory Model Considerations"
    "unordered accesses do not synchronise, of one object as of two")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is written before y, and y is read before x"))
