;; A notification of 2³²−1 wakes all that wait.
;; Wsc y1; notify all || wait y0 || wait y0: one asleep for ever.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))

  (func (export "signal") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (memory.atomic.notify (i32.const 0) (i32.const -1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(thread $T2 (shared (module $M)) (invoke $M "wait"))
(thread $T3 (shared (module $M)) (invoke $M "signal"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "notify-all"
  (exists (or (deadlock T1:0) (deadlock T2:0)))
  (verdict "wasm" forbidden "THREADS relaxed.rst, suspensions"
    "hb-consistent-3, sc-last-visible-2: a wait after the notify happens after the store, and does not sleep")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: a wait after the notify happens after the store, and does not sleep")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a wait after the notify reads the store"))
