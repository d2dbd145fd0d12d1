;; Read-to-write causality on acqrel accesses with seqcst fences.
;; Wra x1 || Rra x1; Fsc; Rra y0 || Wra y1; Fsc; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "RWC+fences"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0)) (= T3:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "fence-order: the fences come before each other in tot, since Wx1 happens before the first and Wy1 before the second; RC11 forbids it, too")
  (verdict "rc11" forbidden "Lahav et al., PLDI 2017"
    "seqcst fences are totally ordered with the accesses around them")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Rx0 is one chain, and Rx0 comes before Wx1"))
