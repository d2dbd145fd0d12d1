;; Reads of a byte in the new page may go back from the stored value to the zero of the growth.
;; grow; W new 7 || R new 7; R new 0.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow-then-store") shared
    (drop (memory.grow (i32.const 1)))
    (i32.store8 (i32.const 65536) (i32.const 7)))

  (func (export "load-twice") shared (result i32 i32)
    (i32.load8_u (i32.const 65536))
    (i32.load8_u (i32.const 65536))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow-then-store"))
(thread $T2 (shared (module $M)) (invoke $M "load-twice"))
(wait $T1)
(wait $T2)

(litmus "grow-CoRR"
  (exists (and (= T2:0:0 (i32.const 7)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 1"
    "the zero of the growth is an unordered write, and unordered reads are not coherent")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "unordered reads are not coherent")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store of 7 is after the growth and before the first read"))
