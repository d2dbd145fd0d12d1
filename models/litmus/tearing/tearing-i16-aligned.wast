;; Aligned i16 accesses do not tear between two stores.
;; W [2..3] 0x0101 || W [2..3] 0x0202 || R [2..3] 0x0102.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store16 (i32.const 2) (i32.const 0x0101)))

  (func (export "t2") shared
    (i32.store16 (i32.const 2) (i32.const 0x0202)))

  (func (export "t3") shared (result i32)
    (i32.load16_u (i32.const 2))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-i16-aligned"
  (exists (= T3:0:0 (i32.const 0x0102)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "no-tear: all three are aligned, of two bytes, and of one range")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "no-tear: all three are aligned, of two bytes, and of one range")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: both bytes come from the last store"))
