;; A waiter that has timed out is not counted as woken.
;; wait with a time-out: 2 || notify 1: 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1000)))

  (func (export "notify") shared (result i32)
    (memory.atomic.notify (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(thread $T2 (shared (module $M)) (invoke $M "notify"))
(wait $T1)
(wait $T2)

(litmus "timed-out-not-counted"
  (exists (and (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "THREADS relaxed.rst, suspensions"
    "no execution: who timed out has left the queue, so the notify woke nobody")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "no execution: who timed out has left the waiter list")
  (verdict "sc" forbidden "THREADS relaxed.rst, suspensions"
    "no execution: who timed out has left the queue")
  (outcomes "wasm" "THREADS relaxed.rst, suspensions"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 0))))
  (outcomes "sc" "THREADS relaxed.rst, suspensions"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 0)))))
