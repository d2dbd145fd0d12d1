;; Message passing on unordered accesses with acqrel fences.
;; W x1; Fra; W y1 || R y1; Fra; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (atomic.fence acq_rel)
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.load (i32.const 4))
    (atomic.fence acq_rel)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+fences-acqrel+un"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "an acqrel fence is in no axiom; C11’s fences need an atomic flag as well, and Wasm has none weaker than acqrel")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before the flag and read after it"))
