;; Each of two locations ends with the write that its thread made first: acqrel accesses with seqcst fences.
;; Wra x1; Fsc; Wra y2 || Wra y1; Fsc; Wra x2; at the end x = 1, y = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (atomic.fence)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 2)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (atomic.fence)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "2+2W+fences"
  (exists (and (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "fence-order: the modification orders of x and y put each fence before the other; without fences it is allowed")
  (verdict "rc11" forbidden "Lahav et al., PLDI 2017"
    "seqcst fences are totally ordered with the accesses around them")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2 comes before Wx1, Wx1 before Wy2, Wy2 before Wy1, and Wy1 before Wx2"))
