;; array.copy reads and writes whole elements, each of them old or new.
;; W a0 || copy a to b; R b0; R b1.

(module $M shared
  (type $a (shared (array (mut i32))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))
  (global $b (shared (ref $a)) (array.new_default $a (i32.const 2)))

  (func (export "t1") shared
    (array.set $a (global.get $o) (i32.const 0) (i32.const 0x01020304)))

  (func (export "t2") shared (result i32 i32)
    (array.copy $a $a (global.get $b) (i32.const 0) (global.get $o) (i32.const 0) (i32.const 2))
    (array.get $a (global.get $b) (i32.const 0))
    (array.get $a (global.get $b) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "array-copy-whole"
  (forall (and (or (= T2:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0x01020304))) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "no-tear: a copy reads each element by itself")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x01020304)) (= T2:0:1 (i32.const 0))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x01020304)) (= T2:0:1 (i32.const 0)))))
