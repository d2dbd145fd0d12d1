;; Load buffering: each thread reads the write that follows the other’s read.
;; Rra x1; Wra y1 || Rra y1; Wra x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB+acqrel"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3: both rf edges synchronise, so the cycle of po and rf is one of hb")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "rc11" forbidden "Lahav et al., PLDI 2017"
    "reading what was released synchronises")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "an acquire load holds back what follows it, a store-release follows what comes before it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Wy1, Ry1 is one chain, and Ry1 comes before Wx1"))
