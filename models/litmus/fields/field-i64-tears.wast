;; An unordered read of an i64 field may find one half of an unordered write.
;; W x 0x1_00000001 || R x 1.

(module $M shared
  (type $s (shared (struct (field $x (mut i64)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new_default $s))

  (func (export "t1") shared
    (struct.set $s $x (global.get $o) (i64.const 0x1_0000_0001)))

  (func (export "t2") shared (result i64)
    (struct.get $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-i64-tears"
  (exists (= T2:0:0 (i64.const 1)))
  (verdict "wasm" allowed "shared-everything-threads overview, Memory Model Considerations"
    "accesses of eight bytes are not tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write"))
