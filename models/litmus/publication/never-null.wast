;; A field whose type excludes null is never seen null, however the object was passed on: else the type system would be unsound.
;; NEW o.f i; W g o || R g o; R o.f null.

(module $M shared
  (type $s (shared (struct (field (ref (shared i31))))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))

  (func (export "t1") shared
    (global.set $g (struct.new $s (ref.i31_shared (i32.const 1)))))

  (func (export "t2") shared (result i32) (local $r (ref null $s))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (ref.is_null (struct.get $s 0 (local.get $r)))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "never-null"
  (exists (= T2:0:0 (i32.const 1)))
  (verdict "wasm" forbidden "shared-everything-threads overview, Memory Model Considerations"
    "no execution: null is nowhere written (publication=racy writes it, and is unsound)")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "no execution: null is nowhere written"))
