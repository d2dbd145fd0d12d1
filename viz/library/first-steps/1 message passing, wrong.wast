;; A message and a flag, both written by plain stores. The reader may see the flag, and yet an old message: look at the outcome 1, 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "send") shared
    (i32.store (i32.const 0) (i32.const 42))   ;; the message
    (i32.store (i32.const 4) (i32.const 1)))   ;; the flag

  (func (export "receive") shared (result i32 i32)
    (i32.load (i32.const 4))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "send"))
(thread $T2 (shared (module $M)) (invoke $M "receive"))
(wait $T1)
(wait $T2)
