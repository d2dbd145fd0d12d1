;; memory.init of no bytes does not trap, dropped or not.
;; drop d || init 0 bytes from d.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (data $d shared "\2a\2b")

  (func (export "init-nothing") shared
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0)))

  (func (export "drop") shared
    (data.drop $d)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "init-nothing"))
(wait $T1)
(wait $T2)

(litmus "data-init-of-nothing"
  (forall (not (trap T2:0)))
  (verdict "wasm" required "core 3.0, memory.init"
    "0 is in bounds of every length")
  (verdict "sc" required "core 3.0, memory.init"
    "0 is in bounds of every length"))
