;; A notification of another address does not wake the waiter.
;; wait y for ever || notify z.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))

  (func (export "notify") shared (result i32)
    (memory.atomic.notify (i32.const 8) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(thread $T2 (shared (module $M)) (invoke $M "notify"))
(wait $T1)
(wait $T2)

(litmus "notify-elsewhere"
  (forall (and (deadlock T1:0) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" required "THREADS relaxed.rst, suspensions"
    "each location has a queue of its own")
  (verdict "js-es2018" required "ECMA-262, 9th edition, §27"
    "each location has a waiter list of its own")
  (verdict "sc" required "THREADS relaxed.rst, suspensions"
    "each location has a queue of its own"))
