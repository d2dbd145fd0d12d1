;; All that an aligned i32 load may see of one i32 store: each byte old or new, since the initial write has another range.
;; W [0..3] 0x0101 || R [0..3] 0x0100.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 0x0101)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "tearing-i32-outcomes"
  (exists (= T2:0:0 (i32.const 0x0100)))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "the initial write has not the read’s range, so no-tear does not speak of it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the initial write has not the read’s range, so no-tear does not speak of it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: both bytes come from the store, or neither")
  (outcomes "wasm" "OOPSLA19 §5, Mixed-size behaviour"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 1)))
    (outcome (= T2:0:0 (i32.const 0x0100)))
    (outcome (= T2:0:0 (i32.const 0x0101))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0x0101)))))
