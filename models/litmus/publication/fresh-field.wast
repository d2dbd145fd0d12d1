;; A fresh structure is published by a field of another one.
;; NEW o.v1; W b.x o || R b.x o; R o.v 0.

(module $M shared
  (type $s (shared (struct (field $v (mut i32)))))
  (type $box (shared (struct (field (mut (ref null $s))))))
  (global $b (shared (ref $box)) (struct.new_default $box))

  (func (export "t1") shared
    (struct.set $box 0 (global.get $b) (struct.new $s (i32.const 1))))

  ;; The field of what is published; -1 if nothing is.
  (func (export "t2") shared (result i32) (local $r (ref null $s))
    (local.set $r (struct.get $box 0 (global.get $b)))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $s $v (local.get $r))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "fresh-field"
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
