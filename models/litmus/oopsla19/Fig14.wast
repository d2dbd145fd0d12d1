;; [OOPSLA19 Fig. 14] grow || store at j succeeds; store at k traps.
;; Both bytes are in the page that the growth adds: bounds checks have no coherence.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow") shared
    (drop (memory.grow (i32.const 1))))

  (func (export "store-j") shared
    (i32.store (i32.const 65536) (i32.const 1)))

  (func (export "store-k") shared
    (i32.store (i32.const 65540) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "store-j") (invoke $M "store-k"))
(wait $T1)
(wait $T2)

(litmus "Fig14"
  (exists (and (not (trap T2:0)) (trap T2:1 "out of bounds memory access")))
  (verdict "wasm" allowed "OOPSLA19 Fig. 14"
    "bounds checks read the length unordered and have no coherence")
  (verdict "wasm-oopsla19" allowed "OOPSLA19 Fig. 14"
    "bounds checks read the length unordered and have no coherence")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Fig. 14"
    "bounds checks read the length unordered and have no coherence")
  (verdict "js-es2018" allowed "OOPSLA19 Fig. 14"
    "bounds checks read the length unordered and have no coherence")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the growth comes before the store that passes, so the later store passes too"))
