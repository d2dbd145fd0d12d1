;; A second thread passes on without order what it got by acquire: the third may see the first contents.
;; NEW o.v1; W o.v2; Wra g o || Rra g o; W h o || R h o; R o.v 1.

(module $M shared
  (type $s (shared (struct (field $v (mut i32)))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))
  (global $h (export "h") (shared mut (ref null $s)) (ref.null $s))

  (func (export "t1") shared (local $o (ref $s))
    (local.set $o (struct.new $s (i32.const 1)))
    (struct.set $s $v (local.get $o) (i32.const 2))
    (global.atomic.set acq_rel $g (local.get $o)))

  (func (export "pass-on") shared
    (global.set $h (global.atomic.get acq_rel $g)))

  ;; The field of what is published; -1 if nothing is.
  (func (export "t2") shared (result i32) (local $r (ref null $s))
    (local.set $r (global.get $h))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $s $v (local.get $r))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T3 (shared (module $M)) (invoke $M "pass-on"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T3)
(wait $T2)

(litmus "republished"
  (exists (= T2:0:0 (i32.const 1)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "the write of 2 happens before the second thread, but nothing of that before the third")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the write of 2 is before both publications"))
