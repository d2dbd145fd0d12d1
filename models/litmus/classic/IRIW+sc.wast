;; Independent reads of independent writes: two readers see two writes in opposite orders.
;; Wsc x1 || Wsc y1 || Rsc x1; Rsc y0 || Rsc y1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 4)))

  (func (export "t4") shared (result i32 i32)
    (i32.atomic.load (i32.const 4))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "IRIW+sc"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: Ry0 comes before Wy1 and Rx0 before Wx1 in tot, which closes a cycle with hb")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-2 a read of the initial write is bound by hb alone")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: the initial write synchronises with Ry0 and Rx0, which come before Wy1 and Wx1 in tot")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "store-releases and load-acquires keep their order, and a store reaches all other processors at once")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Ry1, Rx0 is one chain, and Rx0 comes before Wx1"))
