;; A lane of a v128 load is no access of its own: the aligned four bytes of lane 0 tear between two v128 stores.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (v128.store (i32.const 0) (v128.const i32x4 0x0101 0 0 0)))

  (func (export "t2") shared
    (v128.store (i32.const 0) (v128.const i32x4 0x0202 0 0 0)))

  (func (export "t3") shared (result i32)
    (i32x4.extract_lane 0 (v128.load (i32.const 0))))

  (func (export "t4") shared (result i32)
    (i32x4.extract_lane 0 (v128.load32_zero (i32.const 0)))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "tearing-v128-lane"
  (exists (= T3:0:0 (i32.const 0x0102)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 15"
    "tear-freeness is of the sixteen bytes accessed, not of the four used")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all sixteen bytes come from the last store"))

(litmus "tearing-v128-load32"
  (exists (= T4:0:0 (i32.const 0x0102)))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "the load of four bytes is tear-free, but neither store has its range")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all four bytes come from the last store"))
