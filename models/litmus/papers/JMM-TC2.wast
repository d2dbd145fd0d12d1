;; [Java memory model causality test 2] Two reads of x found equal by a compiler: the write that depends on that may be early.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32 i32) (local $r1 i32) (local $r2 i32)
    (local.set $r1 (i32.load (i32.const 0)))
    (local.set $r2 (i32.load (i32.const 0)))
    (if (i32.eq (local.get $r1) (local.get $r2))
      (then (i32.store (i32.const 4) (i32.const 1))))
    (local.get $r1)
    (local.get $r2))

  (func (export "t2") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 4)))
    (i32.store (i32.const 0) (local.get $r))
    (local.get $r)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "JMM-TC2"
  (exists (and (= T1:0:0 (i32.const 1)) (= T1:0:1 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "Pugh et al., JMM causality test 2"
    "no axiom forbids a cycle of po and rf, and 1 is written where both reads are 0; Java allows it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "no axiom forbids a cycle of po and rf, and 1 is written where both reads are 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Rx1 comes before Wy1, that before Ry1, that before Wx1"))
