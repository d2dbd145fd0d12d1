;; Independent reads of independent writes: two readers see two writes in opposite orders.
;; Wra x1 || Wra y1 || Rra x1; Rra y0 || Rra y1; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t4") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "IRIW+acqrel"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md; RC11 allows it too"
    "no axiom orders a read of the initial value before an acqrel write")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "rc11" allowed "Lahav et al., PLDI 2017"
    "no axiom orders acquire reads of different locations in one order for all threads; POWER allows it")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order, and a store reaches all other processors at once")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "an acquire load holds back what follows it, and a store reaches all other processors at once")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Ry1, Rx0 is one chain, and Rx0 comes before Wx1"))
