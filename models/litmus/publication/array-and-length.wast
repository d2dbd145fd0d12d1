;; The length of a fresh array is known to whoever has it; its elements are seen initialised.
;; NEW a.0 1; W g a || R g a; length 1; R a0 0.

(module $M shared
  (type $a (shared (array (mut i32))))
  (global $g (export "g") (shared mut (ref null $a)) (ref.null $a))

  (func (export "t1") shared
    (global.set $g (array.new $a (i32.const 1) (i32.const 2))))

  (func (export "t2") shared (result i32 i32) (local $r (ref null $a))
    (local.set $r (global.get $g))
    (if (result i32 i32) (ref.is_null (local.get $r))
      (then (i32.const -1) (i32.const -1))
      (else (array.len (local.get $r)) (array.get $a (local.get $r) (i32.const 1))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "array-and-length"
  (forall (or (and (= T2:0:0 (i32.const -1)) (= T2:0:1 (i32.const -1))) (and (= T2:0:0 (i32.const 2)) (= T2:0:1 (i32.const 1)))))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "the length is part of the reference, and the allocation happens before the read")
  (verdict "sc" required "shared-everything-threads overview, Memory Model Considerations"
    "the allocation is before the publication"))
