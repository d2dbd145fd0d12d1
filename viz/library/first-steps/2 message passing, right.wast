;; The flag is atomic now: who sees it sees the message too. Choose the model sc beside wasm, and ask why 1, 0 is forbidden.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "send") shared
    (i32.store (i32.const 0) (i32.const 42))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "receive") shared (result i32 i32)
    (i32.atomic.load (i32.const 4))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "send"))
(thread $T2 (shared (module $M)) (invoke $M "receive"))
(wait $T1)
(wait $T2)
