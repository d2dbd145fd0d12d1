;; An unordered read of an i64 element may find one half of an unordered write.
;; W a0 0x1_00000001 || R a0 1.

(module $M shared
  (type $a (shared (array (mut i64))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))

  (func (export "t1") shared
    (array.set $a (global.get $o) (i32.const 0) (i64.const 0x1_0000_0001)))

  (func (export "t2") shared (result i64)
    (array.get $a (global.get $o) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "array-i64-tears"
  (exists (= T2:0:0 (i64.const 1)))
  (verdict "wasm" allowed "shared-everything-threads overview, Memory Model Considerations"
    "accesses of eight bytes are not tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write"))
