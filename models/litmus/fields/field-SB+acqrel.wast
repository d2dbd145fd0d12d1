;; Store buffering on acquire-release fields.
;; Wra x1; Rra y0 || Wra y1; Rra x0.

(module $M shared
  (type $s (shared (struct (field $x (mut i32)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new $s (i32.const 0) (i32.const 0)))

  (func (export "t1") shared (result i32)
    (struct.atomic.set acq_rel $s $x (global.get $o) (i32.const 1))
    (struct.atomic.get acq_rel $s $y (global.get $o)))

  (func (export "t2") shared (result i32)
    (struct.atomic.set acq_rel $s $y (global.get $o) (i32.const 1))
    (struct.atomic.get acq_rel $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-SB+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "acq_rel accesses are not in the sync of sc-last-visible")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two writes is before both reads"))
