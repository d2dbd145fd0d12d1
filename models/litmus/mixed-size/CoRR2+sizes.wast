;; Two readers see a word and a halfword inside it, both seqcst, in opposite orders.
;; Wsc [0..3] 0x01010101 || Wsc [0..1] 0x0202 || Rsc [0] 1; Rsc [0] 2 || Rsc [0] 2; Rsc [0] 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 0x01010101)))

  (func (export "t2") shared
    (i32.atomic.store16 (i32.const 0) (i32.const 0x0202)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load8_u (i32.const 0))
    (i32.atomic.load8_u (i32.const 0)))

  (func (export "t4") shared (result i32 i32)
    (i32.atomic.load8_u (i32.const 0))
    (i32.atomic.load8_u (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "CoRR2+sizes"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 2)) (= T4:0:0 (i32.const 2)) (= T4:0:1 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "overlapping accesses of different ranges have no coherence")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "accesses of different ranges do not synchronise in JavaScript either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first reader puts the word before the halfword, the second the halfword before the word"))
