;; An aligned f32 load takes the upper byte of -2.0 (0xc000_0000) and the next of 1.0 (0x3f80_0000).
;; OOPSLA19 makes every aligned access of four bytes tear-free; the threads proposal's specification excepts f32.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (f32.store (i32.const 0) (f32.const 1.0)))

  (func (export "t2") shared
    (f32.store (i32.const 0) (f32.const -2.0)))

  (func (export "t3") shared (result f32)
    (f32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-f32"
  (exists (= T3:0:0 (f32.const -4.0)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 15"
    "no-tear: all three are aligned, of four bytes, and of one range")
  (verdict "wasm-oopsla19" forbidden "OOPSLA19 Fig. 15"
    "no-tear: all three are aligned, of four bytes, and of one range")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all four bytes come from the last store"))
