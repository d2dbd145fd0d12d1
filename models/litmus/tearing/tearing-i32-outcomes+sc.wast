;; All that a seqcst i32 load may see of one seqcst store: the whole, or nothing.
;; Wsc [0..3] 0x0101 || Rsc [0..3] 0x0100.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 0x0101)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "tearing-i32-outcomes+sc"
  (exists (= T2:0:0 (i32.const 0x0100)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3, sc-last-visible-2: a load that takes a byte from the store synchronises, so the store hides the other initial bytes")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: a load that takes a byte from the store synchronises, so the store hides the other initial bytes")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: both bytes come from the store, or neither")
  (outcomes "wasm" "OOPSLA19 Fig. 16"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x0101))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x0101)))))
