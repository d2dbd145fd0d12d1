;; A wait checks its bounds before anything else.
;; wait32 at 65536: trap.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 65536) (i32.const 0) (i64.const -1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(wait $T1)

(litmus "wait-out-of-bounds"
  (forall (trap T1:0 "out of bounds memory access"))
  (verdict "wasm" required "THREADS, Wait"
    "the address is beyond the memory")
  (verdict "sc" required "THREADS, Wait"
    "the address is beyond the memory"))
