;; Room for one growth: one succeeds, the other answers -1.
;; grow || grow, of at most two pages.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow") shared (result i32)
    (memory.grow (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "grow"))
(wait $T1)
(wait $T2)

(litmus "grow-to-limit"
  (exists (and (= T1:0:0 (i32.const -1)) (= T2:0:0 (i32.const -1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 9"
    "no execution: growth fails only where it reads the length that the other growth wrote")
  (verdict "js-es2018" forbidden "OOPSLA19 Fig. 9"
    "no execution: growth fails only where it reads the length that the other growth wrote")
  (verdict "sc" forbidden "OOPSLA19 Fig. 9"
    "no execution: the first of the two succeeds")
  (outcomes "wasm" "OOPSLA19 Fig. 9"
    (outcome (= T1:0:0 (i32.const -1)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const -1))))
  (outcomes "js-es2018" "OOPSLA19 Fig. 9"
    (outcome (= T1:0:0 (i32.const -1)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const -1))))
  (outcomes "sc" "OOPSLA19 Fig. 9"
    (outcome (= T1:0:0 (i32.const -1)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const -1)))))
