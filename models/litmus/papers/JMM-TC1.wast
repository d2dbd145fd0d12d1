;; [Java memory model causality test 1] A test that always holds may be removed, and the write behind it be early.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 0)))
    (if (i32.ge_s (local.get $r) (i32.const 0))
      (then (i32.store (i32.const 4) (i32.const 1))))
    (local.get $r))

  (func (export "t2") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 4)))
    (i32.store (i32.const 0) (local.get $r))
    (local.get $r)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "JMM-TC1"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "Pugh et al., JMM causality test 1"
    "no axiom forbids a cycle of po and rf, and 1 is written whatever is read; Java allows it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "no axiom forbids a cycle of po and rf, and 1 is written whatever is read")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Rx1 comes before Wy1, that before Ry1, that before Wx1"))
