;; Message passing by an atomic field.
;; W x1; Wsc y1 || Rsc y1; R x0.

(module $M shared
  (type $s (shared (struct (field $x (mut i32)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new $s (i32.const 0) (i32.const 0)))

  (func (export "t1") shared
    (struct.set $s $x (global.get $o) (i32.const 1))
    (struct.atomic.set seq_cst $s $y (global.get $o) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (struct.atomic.get seq_cst $s $y (global.get $o))
    (struct.get $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-MP+sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: y synchronises, so the write of x hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is written before y, and y is read before x"))
