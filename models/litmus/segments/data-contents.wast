;; What memory.init found is all there, also if the segment is dropped meanwhile: contents never change.
;; drop d || init from d; R both bytes.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (data $d shared "\2a\2b")

  (func (export "init-load") shared (result i32)
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 2))
    (i32.load16_u (i32.const 0)))

  (func (export "drop") shared
    (data.drop $d)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "init-load"))
(wait $T1)
(wait $T2)

(litmus "data-contents"
  (forall (or (trap T2:0 "out of bounds memory access") (= T2:0:0 (i32.const 0x2b2a))))
  (verdict "wasm" required "shared-everything-threads, issue 83"
    "a drop changes the length alone, and the two bytes are copied after one check")
  (verdict "sc" required "shared-everything-threads, issue 83"
    "a drop changes the length alone")
  (outcomes "wasm" "shared-everything-threads, issue 83"
    (outcome (= T2:0:0 (i32.const 0x2b2a)))
    (outcome (trap T2:0 "out of bounds memory access")))
  (outcomes "sc" "shared-everything-threads, issue 83"
    (outcome (= T2:0:0 (i32.const 0x2b2a)))
    (outcome (trap T2:0 "out of bounds memory access"))))
