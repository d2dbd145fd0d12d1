;; A wait on eight bytes, and a notification of the same address.
;; Wsc y1; notify || wait64 y0 for ever: asleep for ever.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const -1)))

  (func (export "signal") shared (result i32)
    (i64.atomic.store (i32.const 0) (i64.const 1))
    (memory.atomic.notify (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(thread $T2 (shared (module $M)) (invoke $M "signal"))
(wait $T1)
(wait $T2)

(litmus "wait64"
  (exists (deadlock T1:0))
  (verdict "wasm" forbidden "THREADS relaxed.rst, suspensions"
    "hb-consistent-3, sc-last-visible-2: if the notify comes first, the wait happens after the store and reads 1")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: if the notify comes first, the wait happens after the store and reads 1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: if the notify comes first, the wait reads 1")
  (outcomes "wasm" "THREADS relaxed.rst, suspensions"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0))))
  (outcomes "js-es2018" "THREADS relaxed.rst, suspensions"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0))))
  (outcomes "sc" "THREADS relaxed.rst, suspensions"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)))))
