;; A 4-byte load of two 2-byte stores takes each half where it is: the ranges differ, so nothing holds them together.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store16 (i32.const 0) (i32.const 1))
    (i32.atomic.store16 (i32.const 2) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "halves"
  (exists (= T2:0:0 (i32.const 0x0001_0000)))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "the ranges of loads and stores differ, so nothing synchronises and each half is read for itself")
  (verdict "js-es2018" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "the ranges of loads and stores differ, so nothing synchronises and each half is read for itself")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the lower half is written first"))
