;; Two compare-exchanges of the initial value both succeed.
;; Usc x 0->1 || Usc x 0->2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 2))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "cas-one-winner"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: each would have to come before the other in tot")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-2 both may read the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: both synchronise with the initial write, with no update between")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the second compare-exchange reads what the first wrote, and fails")
  (outcomes "wasm" "OOPSLA19 Fig. 16"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 0))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 0)))))
