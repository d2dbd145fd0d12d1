;; Load buffering: the store is possible only because the memory was grown by the thread that reads it.
;; R x1; grow || W new: in bounds; W x1.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "load-then-grow") shared (result i32)
    (i32.load8_u (i32.const 0))
    (drop (memory.grow (i32.const 1))))

  (func (export "store-store") shared
    (i32.store8 (i32.const 65536) (i32.const 1))
    (i32.store8 (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "load-then-grow"))
(thread $T2 (shared (module $M)) (invoke $M "store-store"))
(wait $T1)
(wait $T2)

(litmus "grow-LB"
  (exists (and (= T1:0:0 (i32.const 1)) (not (trap T2:0))))
  (verdict "wasm" allowed "OOPSLA19 §4.1"
    "bounds checks and unordered reads order nothing, so po and rf may form a cycle")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "bounds checks and unordered reads order nothing, so po and rf may form a cycle")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the read of x is before the growth, that before the bounds check, and that before the store of x"))
