;; Store buffering around three threads with seqcst fences.
;; Wra x1; Fsc; Rra y0 || Wra y1; Fsc; Rra z0 || Wra z1; Fsc; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 8)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 8) (i32.const 1))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "3.SB+fences"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "fence-order: each fence comes before the next thread’s in tot, a cycle")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Rz0, Wz1, Rx0 is one chain, and Rx0 comes before Wx1"))
