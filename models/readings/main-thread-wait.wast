;; The script's own thread waits for a value that is there already: an answer, or a trap as in a browser?

(module $M shared
  (memory (export "mem") 1 1 shared)
  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 1) (i64.const -1))))

(invoke $M "wait")

(litmus "main-thread-wait"
  (exists (trap main:0)))
