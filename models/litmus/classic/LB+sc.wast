;; Load buffering: each thread reads the write that follows the other’s read.
;; Rsc x1; Wsc y1 || Rsc y1; Wsc x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load (i32.const 4))
    (i32.atomic.store (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB+sc"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3: both rf edges synchronise, so the cycle of po and rf is one of hb")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3: both rf edges synchronise, so the cycle of po and rf is one of hb")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "store-releases and load-acquires keep their order, and a store reaches all other processors at once")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Wy1, Ry1 is one chain, and Ry1 comes before Wx1"))
