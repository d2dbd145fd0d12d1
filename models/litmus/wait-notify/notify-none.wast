;; A notification of no waiters wakes nobody.
;; wait for ever || notify 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))

  (func (export "notify") shared (result i32)
    (memory.atomic.notify (i32.const 0) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(thread $T2 (shared (module $M)) (invoke $M "notify"))
(wait $T1)
(wait $T2)

(litmus "notify-none"
  (forall (and (deadlock T1:0) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" required "THREADS relaxed.rst, suspensions"
    "notify wakes at most as many as it says")
  (verdict "js-es2018" required "ECMA-262, 9th edition, §27"
    "notify wakes at most as many as it says")
  (verdict "sc" required "THREADS relaxed.rst, suspensions"
    "notify wakes at most as many as it says"))
