;; Two increments leave 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "increments-final"
  (exists (= main:0:0 (i32.const 1)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: both would have to read the initial 0, and each would come before the other in tot")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-2 both may read the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: both would have to read the initial 0 and synchronise with it, with no update between")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the second increment reads the first")
  (outcomes "wasm" "OOPSLA19 Fig. 16"
    (outcome (= main:0:0 (i32.const 2))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= main:0:0 (i32.const 2)))))
