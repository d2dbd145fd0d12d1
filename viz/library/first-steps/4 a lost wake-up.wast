;; The sleeper looks at the flag, and then sleeps without looking again: the notify may come between, and nobody wakes it.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "sleep") shared
    (if (i32.eqz (i32.atomic.load (i32.const 0)))
      (then (drop (memory.atomic.wait32 (i32.const 4) (i32.const 0) (i64.const -1))))))

  (func (export "wake") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (drop (memory.atomic.notify (i32.const 4) (i32.const 1)))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "sleep"))
(thread $T2 (shared (module $M)) (invoke $M "wake"))
(wait $T1)
(wait $T2)
