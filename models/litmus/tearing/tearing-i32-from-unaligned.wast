;; An aligned i32 load of an unaligned store takes one byte of it and not the next.
;; W [2..5] 0x01010101 || R [0..3] 0x01000000.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 2) (i32.const 0x01010101)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "tearing-i32-from-unaligned"
  (exists (= T2:0:0 (i32.const 0x01000000)))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "the ranges only overlap, so each byte is read for itself")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the ranges only overlap, so each byte is read for itself")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: bytes 2 and 3 are written together"))
