;; Read-read coherence of a seqcst word read twice as a seqcst halfword.
;; Wsc [0..3] 0x01010101 || Rsc [0..1] 0x0101; Rsc [0..1] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 0x01010101)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load16_u (i32.const 0))
    (i32.atomic.load16_u (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoRR+sizes"
  (exists (and (= T2:0:0 (i32.const 0x0101)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "overlapping accesses of different ranges have no coherence")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "accesses of different ranges do not synchronise in JavaScript either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first read comes after the word, the second before it"))
