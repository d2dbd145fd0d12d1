;; The second thread writes y last and yet misses the write of x before the first write of y.
;; Wsc x1; Wsc y1 || Wsc y2; Rsc x0; at the end y = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 2))
    (i32.atomic.load (i32.const 0)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "R+sc"
  (exists (and (= T2:0:0 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: Rx0 comes before Wx1 in tot; by sc-last-visible-3 Wy1 comes before Wy2")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "neither Rx0 nor the unordered last read is bound by tot")
  (verdict "js-es2018" allowed "OOPSLA19 §6.2"
    "the unordered last read of y may see Wy2 although Wy1 is later in tot: not SC-DRF")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 §6.3"
    "sc-last-visible-3: Wy1 comes before Wy2 in tot; by sc-last-visible-1 Rx0 comes before Wx1")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-3: Wy1 comes before Wy2 in tot; by sc-last-visible-1 and -2 Rx0 comes before Wx1")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "a seqcst store empties the buffer before the load behind it")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "a load-acquire does not overtake an earlier store-release")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wy1, Wy2, Rx0 is one chain, and Rx0 comes before Wx1"))
