;; A word is copied byte by byte while another thread writes it: the copy may have any of its bytes, old or new.
;; Wsc [0..1] 0x0101 || Rsc [0] 1; Rsc [1] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store16 (i32.const 0) (i32.const 0x0101)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load8_u (i32.const 0))
    (i32.atomic.load8_u (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "byte-wise-copy"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "neither byte has the halfword’s range, so neither read synchronises")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "accesses of different ranges do not synchronise in JavaScript either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the halfword comes before the first read, and after the second")
  (outcomes "wasm" "OOPSLA19 §5, Mixed-size behaviour"
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 1)))
    (outcome (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 1))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 1)))
    (outcome (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 1)))))
