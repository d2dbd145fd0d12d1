;; Of two fresh structures, the second in a field of the first, both are seen initialised.
;; NEW i.v1; NEW o.f i; W g o || R g o; R o.f i; R i.v 0.

(module $M shared
  (type $in (shared (struct (field (mut i32)))))
  (type $out (shared (struct (field (ref $in)))))
  (global $g (export "g") (shared mut (ref null $out)) (ref.null $out))

  (func (export "t1") shared
    (global.set $g (struct.new $out (struct.new $in (i32.const 1)))))

  (func (export "t2") shared (result i32) (local $r (ref null $out))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $in 0 (struct.get $out 0 (local.get $r)))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "chain"
  (exists (= T2:0:0 (i32.const 0)))
  (verdict "wasm" forbidden "shared-everything-threads overview, Memory Model Considerations"
    "no execution: the first contents are written before every other access, so there is no 0 to be read (publication=racy has one)")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "no execution: both allocations are before the publication")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const -1)))
    (outcome (= T2:0:0 (i32.const 1))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const -1)))
    (outcome (= T2:0:0 (i32.const 1)))))
