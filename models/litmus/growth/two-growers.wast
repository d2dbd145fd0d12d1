;; Two growths do not start from the same length.
;; grow 1 || grow 1.

(module $M shared
  (memory (export "mem") 1 3 shared)

  (func (export "grow") shared (result i32)
    (memory.grow (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "grow"))
(wait $T1)
(wait $T2)

(litmus "two-growers"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: of two updates that read the first length, one is between it and the other in tot")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: an update that reads the first length synchronises with it, and the other update is between them in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later growth reads the earlier one")
  (outcomes "wasm" "OOPSLA19 Fig. 9"
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 2)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1))))
  (outcomes "sc" "OOPSLA19 Fig. 9"
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 2)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1)))))
