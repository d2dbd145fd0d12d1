;; The segment was found dropped; to a second memory.init it may be there again.
;; drop d || init from d: trap; init from d: done.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (data $d shared "\2a\2b")

  (func (export "init") shared
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 2)))

  (func (export "drop") shared
    (data.drop $d)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "init") (invoke $M "init"))
(wait $T1)
(wait $T2)

(litmus "data-drop-undone"
  (exists (and (trap T2:0 "out of bounds memory access") (not (trap T2:1))))
  (verdict "wasm" allowed "shared-everything-threads, issue 83"
    "bounds checks of segments are unordered reads, which are not coherent")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the drop is before the first check, hence before the second"))
