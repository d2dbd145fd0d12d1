;; A compare-exchange that fails is a read, or a write of what it read?
;; write-back: an atomic write between two others of the same value is one more execution, and it races with the plain store.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "fail") shared (result i32)
    (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 7) (i32.const 8)))

  (func (export "store") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "load") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")
(thread $T1 (shared (module $M)) (invoke $M "fail"))
(thread $T2 (shared (module $M)) (invoke $M "store") (invoke $M "load"))
(wait $T1)
(wait $T2)

(litmus "cmpxchg-failure"
  (exists (= T2:1:0 (i32.const 0))))
