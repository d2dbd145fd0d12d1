;; Load buffering on unordered accesses with seqcst fences.
;; R x1; Fsc; W y1 || R y1; Fsc; W x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.load (i32.const 0))
    (atomic.fence)
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 4))
    (atomic.fence)
    (i32.store (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB+fences+un"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "seqcst fences order atomic accesses; unordered ones they leave as they are; x86 and ARMv8 forbid it, compilers need not")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Wy1, Ry1 is one chain, and Ry1 comes before Wx1"))
