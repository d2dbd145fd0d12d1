;; An unordered read of a 64-bit global may find one half of an unordered write.
;; W x 0x1_00000001 || R x 1. (--reading global-tearing=never forbids it.)

(module $M shared
  (global $x (export "x") (shared mut i64) (i64.const 0))

  (func (export "t1") shared
    (global.set $x (i64.const 0x1_0000_0001)))

  (func (export "t2") shared (result i64)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-i64-tears"
  (exists (= T2:0:0 (i64.const 1)))
  (verdict "wasm" allowed "shared-everything-threads overview, Memory Model Considerations"
    "accesses of eight bytes are not tear-free, so each byte may come from either write")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write"))
