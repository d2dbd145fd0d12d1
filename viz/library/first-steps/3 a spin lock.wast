;; Two threads count to two, each holding a lock of one word. The plain accesses of the counter never race; make the unlocking store plain, and they do.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "add") shared
    (loop $try   ;; until the lock was free
      (br_if $try (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))))
    (i32.store (i32.const 4) (i32.add (i32.load (i32.const 4)) (i32.const 1)))
    (i32.atomic.store (i32.const 0) (i32.const 0)))

  (func (export "count") shared (result i32)
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "add"))
(thread $T2 (shared (module $M)) (invoke $M "add"))
(wait $T1)
(wait $T2)
(assert_return (invoke $M "count") (i32.const 2))
