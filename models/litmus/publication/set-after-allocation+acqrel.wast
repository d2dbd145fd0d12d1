;; An acquire-release publication shows what was set after the allocation.
;; NEW o.v1; W o.v2; Wra g o || Rra g o; R o.v 1.

(module $M shared
  (type $s (shared (struct (field $v (mut i32)))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))

  (func (export "t1") shared (local $o (ref $s))
    (local.set $o (struct.new $s (i32.const 1)))
    (struct.set $s $v (local.get $o) (i32.const 2))
    (global.atomic.set acq_rel $g (local.get $o)))

  ;; The field of what is published; -1 if nothing is.
  (func (export "t2") shared (result i32) (local $r (ref null $s))
    (local.set $r (global.atomic.get acq_rel $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $s $v (local.get $r))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "set-after-allocation+acqrel"
  (exists (= T2:0:0 (i32.const 1)))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-consistent-3: the publication synchronises, so the write of 2 hides the first contents")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the field is set before the object is published, and the publication is read before the field"))
