;; Read-to-write causality with seqcst accesses but for an acqrel read of x.
;; Wsc x1 || Rra x1; Rsc y0 || Wsc y1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
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

(litmus "RWC-acq-sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0)) (= T3:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "Lahav et al., PLDI 2017; proofs-notes/acqrel.md"
    "sc-last-visible-2: Ry0 comes before Wy1 and Rx0 before Wx1 in tot, which contains the hb of acqrel; RC11 allows it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the acqrel read counts as unordered in JavaScript, so it does not synchronise")
  (verdict "rc11" allowed "Lahav et al., PLDI 2017"
    "synchronisation by acquire reads does not put seqcst accesses in order; POWER allows it under a scheme in use")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "an acquire load holds back what follows it, and a store reaches all other processors at once")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Rx0 is one chain, and Rx0 comes before Wx1"))
