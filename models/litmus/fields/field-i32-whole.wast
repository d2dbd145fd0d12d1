;; An unordered read of an i32 field is of one write, also where the structure has other fields.
;; W x 0x01020304 || R x: 0 or 0x01020304.

(module $M shared
  (type $s (shared (struct (field $x (mut i32)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new_default $s))

  (func (export "t1") shared
    (struct.set $s $x (global.get $o) (i32.const 0x01020304)))

  (func (export "t2") shared (result i32)
    (struct.get $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-i32-whole"
  (forall (or (= T2:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0x01020304))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "no-tear: allocation writes each field by itself, so both writes are of the read’s range and tear-free")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x01020304))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x01020304)))))
