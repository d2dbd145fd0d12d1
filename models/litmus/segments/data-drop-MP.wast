;; Finding a segment dropped does not tell what its dropper wrote before.
;; W x1; drop d || init from d: trap; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (data $d shared "\2a\2b")

  (func (export "init") shared
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 2)))

  (func (export "store-then-drop") shared
    (i32.store (i32.const 8) (i32.const 1))
    (data.drop $d))

  (func (export "load") shared (result i32)
    (i32.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "store-then-drop"))
(thread $T2 (shared (module $M)) (invoke $M "init") (invoke $M "load"))
(wait $T1)
(wait $T2)

(litmus "data-drop-MP"
  (exists (and (trap T2:0 "out of bounds memory access") (= T2:1:0 (i32.const 0))))
  (verdict "wasm" allowed "shared-everything-threads, issue 83"
    "neither the drop nor the check synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store is before the drop, and the check before the load"))
