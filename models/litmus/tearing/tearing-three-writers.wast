;; One aligned i32 load takes bytes from a word, a byte store inside it, and the initial zeroes.
;; W [0..3] 0x01010101 || W [2] 2 || R [0..3] 0x00020101.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 0x01010101)))

  (func (export "t2") shared
    (i32.store8 (i32.const 2) (i32.const 2)))

  (func (export "t3") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-three-writers"
  (exists (= T3:0:0 (i32.const 0x00020101)))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "no-tear counts writers of the read’s own range, and that is the word alone")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "no-tear counts writers of the read’s own range, and that is the word alone")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the byte store leaves the uppermost byte as the word store left it, or the word is not there at all"))
