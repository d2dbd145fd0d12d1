;; A flag in the new page: the reader who sees it may not see what was written before the growth.
;; W x1; grow; W new 1 || R new 1; R x0.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "store-grow-store") shared
    (i32.store (i32.const 0) (i32.const 1))
    (drop (memory.grow (i32.const 1)))
    (i32.store (i32.const 65536) (i32.const 1)))

  (func (export "load-load") shared (result i32 i32)
    (i32.load (i32.const 65536))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "store-grow-store"))
(thread $T2 (shared (module $M)) (invoke $M "load-load"))
(wait $T1)
(wait $T2)

(litmus "grow-flag-data"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §4.1"
    "neither the bounds check nor the unordered flag synchronises")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "neither the bounds check nor the unordered flag synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store of x is before the flag"))
