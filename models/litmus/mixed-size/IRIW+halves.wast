;; Two readers of one word see its two halves written in opposite orders, each in a single seqcst load.
;; Wsc [0..1] 1 || Wsc [2..3] 1 || Rsc [0..3] 1 || Rsc [0..3] 0x10000.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store16 (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store16 (i32.const 2) (i32.const 1)))

  (func (export "t3") shared (result i32)
    (i32.atomic.load (i32.const 0)))

  (func (export "t4") shared (result i32)
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "IRIW+halves"
  (exists (and (= T3:0:0 (i32.const 1)) (= T4:0:0 (i32.const 0x10000))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "a word reads each half for itself")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "no axiom speaks of a word that is read from halves")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first reader comes between the lower half and the upper, the second between the upper and the lower"))
