;; Load buffering: each thread reads the write that follows the other's read.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.load (i32.const 0))
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 4))
    (i32.store (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 §5")
  (verdict "sc" forbidden))
