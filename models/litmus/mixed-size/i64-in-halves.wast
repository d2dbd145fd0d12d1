;; A seqcst i64 store read by two seqcst i32 loads: the upper half is missed after the lower was seen.
;; Wsc [0..7] 0x0000_0001_0000_0001 || Rsc [0..3] 1; Rsc [4..7] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i64.atomic.store (i32.const 0) (i64.const 0x0000_0001_0000_0001)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "i64-in-halves"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "a tear-free write of eight bytes may appear to tear to reads of four")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "accesses of different ranges do not synchronise in JavaScript either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store comes before the first load, and after the second"))
