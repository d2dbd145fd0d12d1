;; Independent reads of independent writes on unordered accesses with seqcst fences.
;; W x1 || W y1 || R x1; Fsc; R y0 || R y1; Fsc; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.load (i32.const 0))
    (atomic.fence)
    (i32.load (i32.const 4)))

  (func (export "t4") shared (result i32 i32)
    (i32.load (i32.const 4))
    (atomic.fence)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "IRIW+fences+un"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "seqcst fences order atomic accesses; unordered ones they leave as they are")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Ry1, Rx0 is one chain, and Rx0 comes before Wx1"))
