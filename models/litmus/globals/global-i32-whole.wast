;; An unordered read of a 32-bit global is of one write.
;; W x 0x01020304 || R x: 0 or 0x01020304.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 0))

  (func (export "t1") shared
    (global.set $x (i32.const 0x01020304)))

  (func (export "t2") shared (result i32)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-i32-whole"
  (forall (or (= T2:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0x01020304))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "no-tear: both writes are tear-free and of the read’s range, so it takes from one of them")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x01020304))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x01020304)))))
