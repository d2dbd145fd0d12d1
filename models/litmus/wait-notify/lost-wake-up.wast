;; Without a store the notification may come before the wait: the waiter sleeps for ever.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))

  (func (export "notify") shared (result i32)
    (memory.atomic.notify (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(thread $T2 (shared (module $M)) (invoke $M "notify"))
(wait $T1)
(wait $T2)

(litmus "lost-wake-up"
  (exists (and (deadlock T1:0) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "THREADS relaxed.rst, suspensions"
    "the notify may come before the wait, whose control word does not change")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the notify may come before the wait")
  (verdict "sc" allowed "THREADS relaxed.rst, suspensions"
    "the notify may come before the wait"))
