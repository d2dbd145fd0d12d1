;; Independent reads of independent writes: two readers see two writes in opposite orders.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "w1") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "w2") shared
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "r1") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 4)))

  (func (export "r2") shared (result i32 i32)
    (i32.load (i32.const 4))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "w1"))
(thread $T2 (shared (module $M)) (invoke $M "w2"))
(thread $T3 (shared (module $M)) (invoke $M "r1"))
(thread $T4 (shared (module $M)) (invoke $M "r2"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "IRIW"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §5")
  (verdict "sc" forbidden))
