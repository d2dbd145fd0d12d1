;; Load buffering: each thread reads the write that follows the other’s read.
;; R x1; W y1 || R y1; W x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.load (i32.const 0))
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 4))
    (i32.store (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 §5, Thin-air behaviour"
    "no axiom forbids a cycle of po and rf")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "no axiom forbids a cycle of po and rf")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "plain accesses of different places go in any order")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Wy1, Ry1 is one chain, and Ry1 comes before Wx1"))
