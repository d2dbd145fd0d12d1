;; A seqcst i64 load of two seqcst i32 stores sees the second but not the first.
;; Wsc [0..3] 1; Wsc [4..7] 1 || Rsc [0..7] 0x0000_0001_0000_0000.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i64)
    (i64.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "i64-of-halves"
  (exists (= T2:0:0 (i64.const 0x0000_0001_0000_0000)))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "the i64 has the range of neither i32, so each half is read for itself")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "accesses of different ranges do not synchronise in JavaScript either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the lower half is written first")
  (outcomes "wasm" "OOPSLA19 §5, Mixed-size behaviour"
    (outcome (= T2:0:0 (i64.const 0)))
    (outcome (= T2:0:0 (i64.const 1)))
    (outcome (= T2:0:0 (i64.const 0x0000_0001_0000_0000)))
    (outcome (= T2:0:0 (i64.const 0x0000_0001_0000_0001))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T2:0:0 (i64.const 0)))
    (outcome (= T2:0:0 (i64.const 1)))
    (outcome (= T2:0:0 (i64.const 0x0000_0001_0000_0001)))))
