;; A message through the modification order of y, with seqcst fences in the writing threads.
;; Wra x1; Fsc; Wra y1 || Wra y2; Fsc; Wra z1 || Rra z1; Rra x0; at the end y = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (atomic.fence)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 2))
    (atomic.fence)
    (i32.atomic.store acq_rel (i32.const 8) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 8))
    (i32.atomic.load acq_rel (i32.const 0)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)
(invoke $M "final")

(litmus "Z6.3+fences"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "fence-order: y puts the first fence before the second, Rx0, which the second happens before, puts it after")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wy1, Wy2, Wz1, Rz1, Rx0 is one chain, and Rx0 comes before Wx1"))
