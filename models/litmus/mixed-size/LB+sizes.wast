;; Load buffering of seqcst bytes read from seqcst words.
;; Rsc [0] 1; Wsc [8..11] 0x01010101 || Rsc [8] 1; Wsc [0..3] 0x01010101.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.load8_u (i32.const 0))
    (i32.atomic.store (i32.const 8) (i32.const 0x01010101)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load8_u (i32.const 8))
    (i32.atomic.store (i32.const 0) (i32.const 0x01010101))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB+sizes"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "ranges differ, so nothing synchronises, and no axiom forbids a cycle of po and rf")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "accesses of different ranges do not synchronise in JavaScript either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes after the other thread’s write, which closes a cycle with po"))
