;; An i64.load32_u reads four bytes: aligned, it does not tear between two stores of them.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i64.store32 (i32.const 4) (i64.const 0x0101)))

  (func (export "t2") shared
    (i64.store32 (i32.const 4) (i64.const 0x0202)))

  (func (export "t3") shared (result i64)
    (i64.load32_u (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-i64-load32"
  (exists (= T3:0:0 (i64.const 0x0102)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "no-tear: what counts is the four bytes accessed, not the eight of the value")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all four bytes come from the last store"))
