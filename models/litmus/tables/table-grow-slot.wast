;; A new slot that is in bounds holds what it was made with.
;; grow t with a reference || R t1: out of bounds, or the reference.

(module $M shared
  (table $t (export "t") shared 1 2 (ref null (shared i31)))

  (func (export "t1") shared
    (drop (table.grow $t (ref.i31_shared (i32.const 5)) (i32.const 1))))

  (func (export "t2") shared (result (ref null (shared i31)))
    (table.get $t (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "table-grow-slot"
  (forall (or (trap T2:0 "out of bounds table access") (= T2:0:0 (ref.i31 5))))
  (verdict "wasm" required "DOMAIN §3"
    "the growth writes length and slots in one event: nothing else was ever in the slot")
  (verdict "sc" required "DOMAIN §3"
    "the growth writes length and slots in one event")
  (outcomes "wasm" "DOMAIN §3"
    (outcome (= T2:0:0 (ref.i31 5)))
    (outcome (trap T2:0 "out of bounds table access")))
  (outcomes "sc" "DOMAIN §3"
    (outcome (= T2:0:0 (ref.i31 5)))
    (outcome (trap T2:0 "out of bounds table access"))))
