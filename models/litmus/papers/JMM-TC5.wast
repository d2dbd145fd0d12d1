;; [Java memory model causality test 5] Two threads copy x to y and y to x; a 1 that was not taken from z would be out of thin air.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 0)))
    (i32.store (i32.const 4) (local.get $r))
    (local.get $r))

  (func (export "t2") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 4)))
    (i32.store (i32.const 0) (local.get $r))
    (local.get $r))

  (func (export "t3") shared
    (i32.store (i32.const 8) (i32.const 1)))

  (func (export "t4") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 8)))
    (i32.store (i32.const 0) (local.get $r))
    (local.get $r)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "JMM-TC5"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)) (= T4:0:0 (i32.const 0))))
  (verdict "wasm" allowed "DOMAIN §4, thin-air=grounded; Pugh et al., JMM causality test 5"
    "values are grounded over all executions, not in each: another execution takes 1 from z; Java forbids it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first 1 of x and y comes from z by the fourth thread"))
