;; What warm-up.mjs explores so that what programs with locks and loops need is compiled too: three threads count under a lock for which they spin.
(module $M shared
  (memory (export "mem") 1 1 shared)
  (func $lock shared
    (loop $again
      (loop $spin (br_if $spin (i32.atomic.load (i32.const 0))))
      (br_if $again (i32.atomic.rmw.xchg (i32.const 0) (i32.const 1)))))
  (func $unlock shared (i32.atomic.store (i32.const 0) (i32.const 0)))
  (func (export "count") shared
    (call $lock)
    (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
    (call $unlock))
  (func (export "all") shared (result i32) (i32.load (i32.const 64))))
(register "M")
(thread $T1 (shared (module $M)) (invoke $M "count"))
(thread $T2 (shared (module $M)) (invoke $M "count"))
(thread $T3 (shared (module $M)) (invoke $M "count"))
(wait $T1)
(wait $T2)
(wait $T3)
(assert_return (invoke $M "all") (i32.const 3))
