;; An element segment, too, may be found dropped and then there again.
;; drop e || init t0 from e: trap; init t0 from e: done.

(module $M shared
  (table $t (export "t") shared 1 1 (ref null (shared i31)))
  (elem $e (shared (ref null (shared i31))) (item (ref.i31_shared (i32.const 1))))

  (func (export "drop") shared
    (elem.drop $e))

  (func (export "init") shared
    (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop"))
(thread $T2 (shared (module $M)) (invoke $M "init") (invoke $M "init"))
(wait $T1)
(wait $T2)

(litmus "elem-drop-undone"
  (exists (and (trap T2:0 "out of bounds table access") (not (trap T2:1))))
  (verdict "wasm" allowed "shared-everything-threads, issue 83"
    "bounds checks of segments are unordered reads, which are not coherent")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the drop is before the first check, hence before the second"))
