;; Atomic accesses to an i64 field never tear.
;; Wsc x 0x1_00000001 || Rsc x 1.

(module $M shared
  (type $s (shared (struct (field $x (mut i64)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new_default $s))

  (func (export "t1") shared
    (struct.atomic.set seq_cst $s $x (global.get $o) (i64.const 0x1_0000_0001)))

  (func (export "t2") shared (result i64)
    (struct.atomic.get seq_cst $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-i64-atomic"
  (exists (= T2:0:0 (i64.const 1)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3, no-tear, sc-last-visible-2: the atomic write synchronises, which hides the initial bytes, and both are tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write"))
