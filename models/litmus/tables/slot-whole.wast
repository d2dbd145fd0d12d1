;; A racing read of a slot finds the old reference or the new one: references never tear.
;; W t0 || R t0.

(module $M shared
  (table $t (export "t") shared 2 2 (ref null (shared i31)))

  (func (export "t1") shared
    (table.set $t (i32.const 0) (ref.i31_shared (i32.const 1))))

  (func (export "t2") shared (result (ref null (shared i31)))
    (table.get $t (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "slot-whole"
  (forall (or (= T2:0:0 (ref.null)) (= T2:0:0 (ref.i31 1))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "a reference is one unit, so a read takes it from one write")
  (verdict "sc" required "shared-everything-threads overview, Memory Model Considerations"
    "a reference is one unit")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (ref.null)))
    (outcome (= T2:0:0 (ref.i31 1))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (ref.null)))
    (outcome (= T2:0:0 (ref.i31 1)))))
