;; Two fences order two threads in tot, but not in hb: a plain message between them stays a race.
;; W x1; Fsc || Fsc; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (atomic.fence))

  (func (export "t2") shared (result i32)
    (atomic.fence)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "fences-alone"
  (exists (= T2:0:0 (i32.const 0)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "fences do not synchronise with each other")
  (verdict "sc" allowed "OOPSLA19 Fig. 17"
    "the second thread may run first"))
