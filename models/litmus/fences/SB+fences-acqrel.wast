;; Store buffering on acqrel accesses with acqrel fences between.
;; Wra x1; Fra; Rra y0 || Wra y1; Fra; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (atomic.fence acq_rel)
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (atomic.fence acq_rel)
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+fences-acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "an acqrel fence is in no axiom: acqrel accesses acquire and release by themselves; C11 and RC11 allow it, too")
  (verdict "rc11" allowed "Lahav et al., PLDI 2017"
    "an acqrel fence is not in the order of seqcst fences")
  (verdict "x86-tso" allowed "Owens, Sarkar, Sewell, TPHOLs 2009"
    "an acqrel fence is no instruction")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s write, which closes a cycle with po"))
