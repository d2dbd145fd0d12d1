;; What does a forked thread find in a thread-local global that its parent has set?
;; default: 0.  inherit: 1.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (global $id (thread_local mut i32))

  (func $child shared
    (i32.store (i32.const 0) (i32.add (global.get $id) (i32.const 10)))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "parent") shared
    (global.set $id (i32.const 1))
    (fork $child))

  (func (export "read") shared (result i32)
    (if (i32.atomic.load (i32.const 4)) (then (return (i32.load (i32.const 0)))))
    (i32.const 0)))

(register "M")
(thread $T1 (shared (module $M)) (invoke $M "parent"))
(wait $T1)
(thread $T2 (shared (module $M)) (invoke $M "read"))
(wait $T2)

(litmus "thread-local"
  (exists (= T2:0:0 (i32.const 11))))
