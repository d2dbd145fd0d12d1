;; memory.fill writes byte by byte: an aligned i32 load takes bytes from two fills of just its range.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 4)))

  (func (export "t2") shared
    (memory.fill (i32.const 0) (i32.const 2) (i32.const 4)))

  (func (export "t3") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-fill"
  (exists (= T3:0:0 (i32.const 0x0201_0201)))
  (verdict "wasm" allowed "proofs-notes/deviations.md"
    "a fill is not tear-free, however short and aligned")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all four bytes come from the last fill"))
