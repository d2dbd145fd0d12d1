;; A timed wait may time out or be woken.

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

(litmus "timeout"
  (exists (= T1:0:0 (i32.const 2)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 11, timeout"
    "the wait may leave its queue before it is notified")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the wait may leave its list before it is notified")
  (verdict "sc" allowed "OOPSLA19 Fig. 11, timeout"
    "the wait may leave its queue before it is notified"))
