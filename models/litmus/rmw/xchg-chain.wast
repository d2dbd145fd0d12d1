;; Two of three exchanges read the first one’s value.
;; Usc x 0->1 || Usc x 1->2 || Usc x 1->3.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.xchg (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.xchg (i32.const 0) (i32.const 2)))

  (func (export "t3") shared (result i32)
    (i32.atomic.rmw.xchg (i32.const 0) (i32.const 3))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "xchg-chain"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-1, sc-last-visible-2: the first synchronises with both others, and each would have to come before the other")
  (verdict "wasm-oopsla19-uncorrected" forbidden "OOPSLA19 Prop. 6.2"
    "sc-last-visible-1: the first synchronises with both others, and neither may come between")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: the first synchronises with both others, and neither may come between")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the third exchange reads the second"))
