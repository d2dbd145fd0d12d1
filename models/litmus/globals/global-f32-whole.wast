;; A 32-bit float is never torn either.
;; W x 0x1.020304p0 || R x.

(module $M shared
  (global $x (export "x") (shared mut f32) (f32.const 0))

  (func (export "t1") shared
    (global.set $x (f32.const 0x1.020304p0)))

  (func (export "t2") shared (result f32)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-f32-whole"
  (forall (or (= T2:0:0 (f32.const 0)) (= T2:0:0 (f32.const 0x1.020304p0))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "no-tear: globals are aligned, and accesses of four bytes are tear-free")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (f32.const 0)))
    (outcome (= T2:0:0 (f32.const 0x1.020304p0))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (f32.const 0)))
    (outcome (= T2:0:0 (f32.const 0x1.020304p0)))))
