;; A message written as a word and read as one of its bytes: with synchronisation sizes may be mixed.
;; W [8..11] 0x01010101; Wsc [0..3] 1 || Rsc [0..3] 1; R [10] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 8) (i32.const 0x01010101))
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.load8_u (i32.const 10))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+narrow-message"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 §5, Mixed-size behaviour"
    "hb-consistent-3: hb counts byte by byte, so the word hides the initial byte")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: hb counts byte by byte, so the word hides the initial byte")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before the flag and read after it"))
