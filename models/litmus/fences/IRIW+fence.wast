;; Independent reads of independent writes with a seqcst fence in one reader only.
;; Wra x1 || Wra y1 || Rra x1; Fsc; Rra y0 || Rra y1; Rra x0.

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

(litmus "IRIW+fence"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "fence-order orders a fence with another fence or a seqcst access, and there is none")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Ry1, Rx0 is one chain, and Rx0 comes before Wx1"))
