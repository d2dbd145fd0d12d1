;; A racing read of a reference finds the old one or the new one.
;; W x || R x.

(module $M shared
  (global $x (export "x") (shared mut (ref null (shared i31))) (ref.null (shared i31)))

  (func (export "t1") shared
    (global.set $x (ref.i31_shared (i32.const 7))))

  (func (export "t2") shared (result (ref null (shared i31)))
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-reference-whole"
  (forall (or (= T2:0:0 (ref.null)) (= T2:0:0 (ref.i31 7))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "a reference is one unit: it cannot tear")
  (verdict "sc" required "shared-everything-threads overview, Memory Model Considerations"
    "a reference is one unit")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (ref.null)))
    (outcome (= T2:0:0 (ref.i31 7))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (ref.null)))
    (outcome (= T2:0:0 (ref.i31 7)))))
