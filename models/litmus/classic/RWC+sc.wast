;; Read-to-write causality: a reader of x misses y, and the writer of y misses x.
;; Wsc x1 || Rsc x1; Rsc y0 || Wsc y1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 4)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "RWC+sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0)) (= T3:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: reads of the initial 0 come before Wy1 and Wx1 in tot, which closes a cycle with hb")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-2 a read of the initial write is bound by hb alone")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: the initial write synchronises with Ry0 and Rx0, so they come before Wy1 and Wx1 in tot")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "a seqcst store empties the buffer before the load behind it")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "a load-acquire does not overtake an earlier store-release")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Rx0 is one chain, and Rx0 comes before Wx1"))
