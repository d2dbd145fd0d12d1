;; Default contents need no second write: they are seen under every reading.
;; NEW o.v0; W o.v1; W g o || R g o; R o.v: 0 or 1.

(module $M shared
  (type $s (shared (struct (field $v (mut i32)))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))

  (func (export "t1") shared (local $o (ref $s))
    (local.set $o (struct.new_default $s))
    (struct.set $s $v (local.get $o) (i32.const 1))
    (global.set $g (local.get $o)))

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

(litmus "default-contents"
  (exists (= T2:0:0 (i32.const 0)))
  (verdict "wasm" allowed "shared-everything-threads, issue 119"
    "the write of 1 does not happen before the read")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the field is set before the object is published, and the publication is read before the field"))
