;; An atomic access must be aligned: else it traps, and no event happens.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 2) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "unaligned-atomic"
  (forall (and (trap T1:0 "unaligned atomic") (= T2:0:0 (i32.const 0))))
  (verdict "wasm" required "THREADS, Atomic Memory Accesses"
    "an atomic access whose address is not a multiple of its size traps")
  (verdict "sc" required "THREADS, Atomic Memory Accesses"
    "an atomic access whose address is not a multiple of its size traps"))
