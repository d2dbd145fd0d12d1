;; The second thread writes y last and yet misses x: acqrel accesses with seqcst fences.
;; Wra x1; Fsc; Wra y1 || Wra y2; Fsc; Rra x0; at the end y = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (atomic.fence)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 2))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 0)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "R+fences"
  (exists (and (= T2:0:0 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "fence-order: Wy1 is before Wy2 in the modification order, which puts the first fence before the second; Rx0 puts it after")
  (verdict "rc11" forbidden "Lahav et al., PLDI 2017"
    "seqcst fences are totally ordered with the accesses around them")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wy1, Wy2, Rx0 is one chain, and Rx0 comes before Wx1"))
