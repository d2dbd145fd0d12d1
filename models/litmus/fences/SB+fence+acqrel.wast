;; Store buffering with a seqcst fence in one thread only.
;; Wra x1; Fsc; Rra y0 || Wra y1; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+fence+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "fence-order orders a fence with another fence or a seqcst access, and there is none")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s write, which closes a cycle with po"))
