;; memory.init races with data.drop: it finds the segment, or traps.
;; drop d || init from d.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (data $d shared "\2a\2b")

  (func (export "init") shared
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 2)))

  (func (export "drop") shared
    (data.drop $d)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "init"))
(wait $T1)
(wait $T2)

(litmus "data-drop"
  (exists (trap T2:0 "out of bounds memory access"))
  (verdict "wasm" allowed "shared-everything-threads, issue 83"
    "the drop writes the length 0, which the bounds check of memory.init may read")
  (verdict "sc" allowed "shared-everything-threads, issue 83"
    "the drop may come first"))
