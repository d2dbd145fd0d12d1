;; Store buffering: each thread misses the other's write.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 §5")
  (verdict "sc" forbidden))
