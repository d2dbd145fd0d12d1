;; Independent reads of independent writes: acqrel accesses, with a seqcst fence between the reads of each reader.
;; Wra x1 || Wra y1 || Rra x1; Fsc; Rra y0 || Rra y1; Fsc; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t4") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (atomic.fence)
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

(litmus "IRIW+fences"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "fence-order: each reader’s fence comes before the other’s in tot, since Wx1 and Wy1 happen before them; RC11 forbids it, too")
  (verdict "rc11" forbidden "Lahav et al., PLDI 2017"
    "seqcst fences are totally ordered with the accesses around them")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Ry1, Rx0 is one chain, and Rx0 comes before Wx1"))
