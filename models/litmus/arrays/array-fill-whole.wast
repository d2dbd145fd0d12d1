;; array.fill writes whole elements: a read of one is not torn.
;; W a0,a1 at once || R a0: 0 or filled.

(module $M shared
  (type $a (shared (array (mut i32))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))

  (func (export "t1") shared
    (array.fill $a (global.get $o) (i32.const 0) (i32.const 0x01020304) (i32.const 2)))

  (func (export "t2") shared (result i32)
    (array.get $a (global.get $o) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "array-fill-whole"
  (forall (or (= T2:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0x01020304))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "no-tear: allocation and fill write each element by itself")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x01020304))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x01020304)))))
