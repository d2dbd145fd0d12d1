;; A byte read misses its own thread’s write of the word around it.
;; W [0..3] 0x01010101; R [1] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 0x01010101))
    (i32.load8_u (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(wait $T1)

(litmus "CoWR0+byte"
  (exists (= T1:0:0 (i32.const 0)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: the word hides the initial byte, by po")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the word hides the initial byte, by po")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the word is written before the byte is read"))
