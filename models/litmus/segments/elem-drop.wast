;; table.init races with elem.drop: it finds the segment, or traps.
;; drop e || init t0 from e; R t0.

(module $M shared
  (table $t (export "t") shared 1 1 (ref null (shared i31)))
  (elem $e (shared (ref null (shared i31))) (item (ref.i31_shared (i32.const 1))))

  (func (export "drop") shared
    (elem.drop $e))

  (func (export "init-get") shared (result (ref null (shared i31)))
    (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1))
    (table.get $t (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "init-get"))
(wait $T1)
(wait $T2)

(litmus "elem-drop"
  (forall (or (trap T2:0 "out of bounds table access") (= T2:0:0 (ref.i31 1))))
  (verdict "wasm" required "shared-everything-threads, issue 83"
    "the bounds check reads the first length, or 0")
  (verdict "sc" required "shared-everything-threads, issue 83"
    "the bounds check reads the first length, or 0")
  (outcomes "wasm" "shared-everything-threads, issue 83"
    (outcome (= T2:0:0 (ref.i31 1)))
    (outcome (trap T2:0 "out of bounds table access")))
  (outcomes "sc" "shared-everything-threads, issue 83"
    (outcome (= T2:0:0 (ref.i31 1)))
    (outcome (trap T2:0 "out of bounds table access"))))
