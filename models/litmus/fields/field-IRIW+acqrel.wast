;; Two readers disagree on the order of acquire-release writes to two fields.
;; Wra x1 || Wra y1 || Rra x1; Rra y0 || Rra y1; Rra x0.

(module $M shared
  (type $s (shared (struct (field $x (mut i32)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new $s (i32.const 0) (i32.const 0)))

  (func (export "t1") shared
    (struct.atomic.set acq_rel $s $x (global.get $o) (i32.const 1)))

  (func (export "t2") shared
    (struct.atomic.set acq_rel $s $y (global.get $o) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (struct.atomic.get acq_rel $s $x (global.get $o))
    (struct.atomic.get acq_rel $s $y (global.get $o)))

  (func (export "t4") shared (result i32 i32)
    (struct.atomic.get acq_rel $s $y (global.get $o))
    (struct.atomic.get acq_rel $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "field-IRIW+acqrel"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "no axiom orders an acq_rel read before a write that it does not read from")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: one of the two writes is first"))
