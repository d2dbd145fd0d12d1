;; Two threads drop one segment: neither traps, and it is gone.
;; drop d || drop d; then init from d: trap.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (data $d shared "\2a\2b")

  (func (export "init") shared
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 2)))

  (func (export "drop") shared
    (data.drop $d)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "drop"))
(wait $T1)
(wait $T2)
(invoke $M "init")

(litmus "data-drop-twice"
  (forall (and (not (trap T1:0)) (not (trap T2:0)) (trap main:0 "out of bounds memory access")))
  (verdict "wasm" required "core 3.0, data.drop"
    "a drop writes 0, whatever was there; both happen before the check")
  (verdict "sc" required "core 3.0, data.drop"
    "a drop writes 0, whatever was there"))
