;; acqrel synchronisation between seqcst accesses: y passes x on to an update, whose y comes before the last write of y.
;; Wsc x1; Wra y1 || Usc y 1->2; Rra y3 || Wsc y3; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.rmw.add (i32.const 4) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 3))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "Z6.U"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 3)) (= T3:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "Lahav et al., PLDI 2017; proofs-notes/acqrel.md"
    "sc-last-visible-2: Rx0 comes before Wx1 in tot; by sc-last-visible-3 the update comes before Wy3; RC11 has no such order and allows it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "y counts as unordered in JavaScript, so Wx1 does not happen before the update")
  (verdict "rc11" allowed "Lahav et al., PLDI 2017"
    "synchronisation by acquire reads does not put seqcst accesses in order; POWER allows it under a scheme in use")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "an acquire load holds back what follows it, and a store reaches all other processors at once")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wy1, the update, Wy3, Rx0 is one chain, and Rx0 comes before Wx1"))
