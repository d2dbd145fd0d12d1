;; Each of two threads writes x and then reads the other’s value, unordered.
;; W x1; R x2 || W x2; R x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.load (i32.const 0)))

  (func (export "t2") shared (result i32)
    (i32.store (i32.const 0) (i32.const 2))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoSB+un"
  (exists (and (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 §5"
    "unordered accesses have no coherence")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "unordered accesses have no coherence")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later write is what its own thread reads"))
