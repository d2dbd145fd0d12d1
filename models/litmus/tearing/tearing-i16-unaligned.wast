;; Unaligned i16 accesses tear.
;; W [1..2] 0x0101 || W [1..2] 0x0202 || R [1..2] 0x0102.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store16 (i32.const 1) (i32.const 0x0101)))

  (func (export "t2") shared
    (i32.store16 (i32.const 1) (i32.const 0x0202)))

  (func (export "t3") shared (result i32)
    (i32.load16_u (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-i16-unaligned"
  (exists (= T3:0:0 (i32.const 0x0102)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 15"
    "an unaligned access is not tear-free, of whatever size")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unaligned access is not tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: both bytes come from the last store"))
