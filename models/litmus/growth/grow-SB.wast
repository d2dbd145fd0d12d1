;; Store buffering in which one location is the length, read by a bounds check.
;; grow; Rsc y0 || Wsc y1; R new: trap.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow-then-load") shared (result i32)
    (drop (memory.grow (i32.const 1)))
    (i32.atomic.load (i32.const 0)))

  (func (export "store-then-load") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.load (i32.const 65536))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow-then-load"))
(thread $T2 (shared (module $M)) (invoke $M "store-then-load"))
(wait $T1)
(wait $T2)

(litmus "grow-SB"
  (exists (and (= T1:0:0 (i32.const 0)) (trap T2:0 "out of bounds memory access")))
  (verdict "wasm" allowed "OOPSLA19 §4.1"
    "a bounds check is unordered: no axiom asks where it is in tot")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "a bounds check is unordered: no axiom asks where it is in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the growth is before the read of y, that before the store, and that before the bounds check"))
