;; Store buffering in which one location is the length.
;; grow; Rsc y0 || Wsc y1; size 1.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow-then-load") shared (result i32)
    (drop (memory.grow (i32.const 1)))
    (i32.atomic.load (i32.const 0)))

  (func (export "store-then-size") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (memory.size)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow-then-load"))
(thread $T2 (shared (module $M)) (invoke $M "store-then-size"))
(wait $T1)
(wait $T2)

(litmus "grow-SB+sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 §4.1"
    "sc-last-visible-2: each read would have to come before the other location’s write in tot")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: each read takes from init and so synchronises; the other thread’s write would be between")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: some first write is before both reads"))
