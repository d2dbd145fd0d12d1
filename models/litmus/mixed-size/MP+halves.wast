;; Message passing whose flag is written in two halves and read as a word: seeing both is not synchronising with either.
;; W [8..11] 1; Wsc [0..1] 1; Wsc [2..3] 1 || Rsc [0..3] 0x10001; R [8..11] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 8) (i32.const 1))
    (i32.atomic.store16 (i32.const 0) (i32.const 1))
    (i32.atomic.store16 (i32.const 2) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+halves"
  (exists (and (= T2:0:0 (i32.const 0x10001)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "the word has the range of neither half")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "accesses of different ranges do not synchronise in JavaScript either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before both halves and read after them"))
