;; [Java memory model causality test 6] The second thread writes 1 whether it reads 1 or 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 0)))
    (if (i32.eq (local.get $r) (i32.const 1))
      (then (i32.store (i32.const 4) (i32.const 1))))
    (local.get $r))

  (func (export "t2") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 4)))
    (if (i32.eq (local.get $r) (i32.const 1)) (then (i32.store (i32.const 0) (i32.const 1))))
    (if (i32.eqz (local.get $r)) (then (i32.store (i32.const 0) (i32.const 1))))
    (local.get $r)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "JMM-TC6"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "Pugh et al., JMM causality test 6"
    "no axiom forbids a cycle of po and rf, and 1 is written where 0 is read as well; Java allows it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "no axiom forbids a cycle of po and rf, and 1 is written where 0 is read as well")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Wy1, Ry1 is one chain, and Ry1 comes before Wx1"))
