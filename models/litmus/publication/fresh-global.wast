;; A fresh structure is published by an unordered write of a global: its field is seen initialised.
;; NEW o.v1; W g o || R g o; R o.v 0.

(module $M shared
  (type $s (shared (struct (field $v (mut i32)))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))

  (func (export "t1") shared
    (global.set $g (struct.new $s (i32.const 1))))

  ;; The field of what is published; -1 if nothing is.
  (func (export "t2") shared (result i32) (local $r (ref null $s))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $s $v (local.get $r))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "fresh-global"
  (exists (= T2:0:0 (i32.const 0)))
  (verdict "wasm" forbidden "shared-everything-threads overview, Memory Model Considerations"
    "no execution: the first contents are written before every other access, so there is no 0 to be read (publication=racy has one)")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "no execution: the first contents are written before the object is published")
  (outcomes "wasm" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const -1)))
    (outcome (= T2:0:0 (i32.const 1))))
  (outcomes "sc" "shared-everything-threads overview, Memory Model Considerations"
    (outcome (= T2:0:0 (i32.const -1)))
    (outcome (= T2:0:0 (i32.const 1)))))
