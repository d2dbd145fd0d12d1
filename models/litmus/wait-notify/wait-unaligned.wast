;; A wait checks that its address is aligned.
;; wait32 at 2: trap.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 2) (i32.const 0) (i64.const -1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(wait $T1)

(litmus "wait-unaligned"
  (forall (trap T1:0 "unaligned atomic"))
  (verdict "wasm" required "THREADS, Wait"
    "atomic accesses trap where they are not aligned")
  (verdict "sc" required "THREADS, Wait"
    "atomic accesses trap where they are not aligned"))
