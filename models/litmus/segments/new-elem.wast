;; array.new_elem races with elem.drop: it makes the array, or traps.
;; drop e || NEW a from e; R a0.

(module $M shared
  (type $a (shared (array (mut (ref null (shared i31))))))
  (elem $e (shared (ref null (shared i31))) (item (ref.i31_shared (i32.const 1))))

  (func (export "drop") shared
    (elem.drop $e))

  (func (export "new") shared (result (ref null (shared i31)))
    (array.get $a (array.new_elem $a $e (i32.const 0) (i32.const 1)) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "new"))
(wait $T1)
(wait $T2)

(litmus "new-elem"
  (forall (or (trap T2:0 "out of bounds table access") (= T2:0:0 (ref.i31 1))))
  (verdict "wasm" required "shared-everything-threads, issue 83"
    "one check, then an allocation")
  (verdict "sc" required "shared-everything-threads, issue 83"
    "one check, then an allocation"))
