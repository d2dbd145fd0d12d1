;; array.new_data races with data.drop: it makes the whole array, or traps.
;; drop d || NEW a from d; R a1.

(module $M shared
  (type $a (shared (array (mut i8))))
  (data $d shared "\2a\2b")

  (func (export "drop") shared
    (data.drop $d))

  (func (export "new") shared (result i32)
    (array.get_u $a (array.new_data $a $d (i32.const 0) (i32.const 2)) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "new"))
(wait $T1)
(wait $T2)

(litmus "new-data"
  (forall (or (trap T2:0 "out of bounds memory access") (= T2:0:0 (i32.const 0x2b))))
  (verdict "wasm" required "shared-everything-threads, issue 83"
    "one check, then an allocation of all the bytes")
  (verdict "sc" required "shared-everything-threads, issue 83"
    "one check, then an allocation of all the bytes")
  (outcomes "wasm" "shared-everything-threads, issue 83"
    (outcome (= T2:0:0 (i32.const 0x2b)))
    (outcome (trap T2:0 "out of bounds memory access")))
  (outcomes "sc" "shared-everything-threads, issue 83"
    (outcome (= T2:0:0 (i32.const 0x2b)))
    (outcome (trap T2:0 "out of bounds memory access"))))
