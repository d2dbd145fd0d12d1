;; Store buffering on acqrel accesses with seqcst fences between.
;; Wra x1; Fsc; Rra y0 || Wra y1; Fsc; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (atomic.fence)
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+fences"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "fence-order: each thread’s fence comes before the other’s in tot, for its read misses what is written before that")
  (verdict "wasm-oopsla19" allowed "OOPSLA19 has no fences"
    "atomic.fence is in no axiom")
  (verdict "rc11" forbidden "Lahav et al., PLDI 2017"
    "seqcst fences are totally ordered with the accesses around them")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "mfence empties the buffer")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "dmb ish keeps the store before the load")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s write, which closes a cycle with po")
  (outcomes "wasm" "proofs-notes/acqrel.md"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)))))
