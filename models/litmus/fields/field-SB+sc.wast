;; Store buffering on atomic fields.
;; Wsc x1; Rsc y0 || Wsc y1; Rsc x0.

(module $M shared
  (type $s (shared (struct (field $x (mut i32)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new $s (i32.const 0) (i32.const 0)))

  (func (export "t1") shared (result i32)
    (struct.atomic.set seq_cst $s $x (global.get $o) (i32.const 1))
    (struct.atomic.get seq_cst $s $y (global.get $o)))

  (func (export "t2") shared (result i32)
    (struct.atomic.set seq_cst $s $y (global.get $o) (i32.const 1))
    (struct.atomic.get seq_cst $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-SB+sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: each read would have to come before the other thread’s write in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two writes is before both reads"))
