;; Double-checked initialisation with an unordered first check: the object is seen, its later contents may not be.
;; NEW o.v1; W o.v2; W g o, once; whoever finds g set reads o.v 1.

(module $M shared
  (type $s (shared (struct (field $v (mut i32)))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))
  (global $once (export "once") (shared mut i32) (i32.const 0))

  ;; Makes the object if nobody has claimed to; then the field of what is there, -1 if nothing is.
  (func (export "t") shared (result i32) (local $o (ref $s)) (local $r (ref null $s))
    (if (i32.eqz (global.atomic.rmw.xchg seq_cst $once (i32.const 1)))
      (then
        (local.set $o (struct.new $s (i32.const 1)))
        (struct.set $s $v (local.get $o) (i32.const 2))
        (global.set $g (local.get $o))))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $s $v (local.get $r))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t"))
(thread $T2 (shared (module $M)) (invoke $M "t"))
(wait $T1)
(wait $T2)

(litmus "checked-twice"
  (exists (or (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "shared-everything-threads, issue 119"
    "the unordered publication does not synchronise, so the reader may miss the write of 2")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the write of 2 is before the publication"))
