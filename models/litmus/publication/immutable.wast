;; An immutable field has one value for every thread.
;; NEW o.v1; W g o || R g o; R o.v; R o.v: the same.

(module $M shared
  (type $s (shared (struct (field i32))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))

  (func (export "t1") shared
    (global.set $g (struct.new $s (i32.const 1))))

  ;; Whether two reads of the field give the same.
  (func (export "t2") shared (result i32) (local $r (ref null $s))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const 1))
      (else (i32.eq (struct.get $s 0 (local.get $r)) (struct.get $s 0 (local.get $r)))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "immutable"
  (forall (= T2:0:0 (i32.const 1)))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "only the allocation writes the field (not so with publication=racy)")
  (verdict "sc" required "shared-everything-threads overview, Memory Model Considerations"
    "only the allocation writes the field"))
