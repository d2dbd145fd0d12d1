;; The woken thread sees all that the notifier wrote before, plain writes too.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "wait") shared (result i32 i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))
    (i32.load (i32.const 4)))

  (func (export "signal") shared (result i32)
    (i32.store (i32.const 4) (i32.const 42))
    (memory.atomic.notify (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "wait"))
(thread $T2 (shared (module $M)) (invoke $M "signal"))
(wait $T1)
(wait $T2)

(litmus "woken-sees"
  (exists (and (= T1:0:0 (i32.const 0)) (= T1:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 11, wait and notify"
    "hb-consistent-3: the notify happens before the wake, so the store hides the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the notify happens before the wake, so the store hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 11, wait and notify"
    "sc-latest: the store is before the notify, and that before the wake"))
