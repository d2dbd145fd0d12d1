;; Nobody notifies: can the waiter go on?

(module $M shared
  (memory (export "mem") 1 1 shared)
  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))

(register "M")
(thread $T1 (shared (module $M)) (invoke $M "wait"))
(wait $T1)

(litmus "spurious-wakeups"
  (exists (= T1:0:0 (i32.const 0))))
