;; Nobody notifies: a wait with a time-out answers 2, and nothing else.
;; wait for 1 µs.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1000))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(wait $T1)

(litmus "timeout-only"
  (forall (= T1:0:0 (i32.const 2)))
  (verdict "wasm" required "OOPSLA19 Fig. 11, timeout"
    "a wait is not woken without a notification (spurious-wakeups=allowed adds 0)")
  (verdict "js-es2018" required "ECMA-262, 9th edition, §27"
    "a wait is not woken without a notification")
  (verdict "sc" required "OOPSLA19 Fig. 11, timeout"
    "a wait is not woken without a notification")
  (outcomes "wasm" "OOPSLA19 Fig. 11, timeout"
    (outcome (= T1:0:0 (i32.const 2)))))
