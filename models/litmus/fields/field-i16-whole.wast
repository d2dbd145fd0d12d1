;; An unordered read of a packed field is of one write.
;; W x 0x0102 || R x: 0 or 0x0102.

(module $M shared
  (type $s (shared (struct (field $x (mut i16)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new_default $s))

  (func (export "t1") shared
    (struct.set $s $x (global.get $o) (i32.const 0x0102)))

  (func (export "t2") shared (result i32)
    (struct.get_u $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-i16-whole"
  (forall (or (= T2:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0x0102))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "no-tear: accesses of two bytes are tear-free")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x0102))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x0102)))))
