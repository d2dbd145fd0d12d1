;; A notification of two wakes both waiters, one of them, or none, and says how many.
;; wait || wait || notify 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))

  (func (export "notify") shared (result i32)
    (memory.atomic.notify (i32.const 0) (i32.const 2))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(thread $T2 (shared (module $M)) (invoke $M "wait"))
(thread $T3 (shared (module $M)) (invoke $M "notify"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "notify-two"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 2))))
  (verdict "wasm" allowed "THREADS relaxed.rst, suspensions"
    "both waits may be in the queue before the notify")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "both waits may be in the list before the notify")
  (verdict "sc" allowed "THREADS relaxed.rst, suspensions"
    "both waits may be in the queue before the notify")
  (outcomes "wasm" "THREADS relaxed.rst, suspensions"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 2)))
    (outcome (= T1:0:0 (i32.const 0)) (deadlock T2:0) (= T3:0:0 (i32.const 1)))
    (outcome (deadlock T1:0) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 1)))
    (outcome (deadlock T1:0) (deadlock T2:0) (= T3:0:0 (i32.const 0))))
  (outcomes "sc" "THREADS relaxed.rst, suspensions"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 2)))
    (outcome (= T1:0:0 (i32.const 0)) (deadlock T2:0) (= T3:0:0 (i32.const 1)))
    (outcome (deadlock T1:0) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 1)))
    (outcome (deadlock T1:0) (deadlock T2:0) (= T3:0:0 (i32.const 0)))))
