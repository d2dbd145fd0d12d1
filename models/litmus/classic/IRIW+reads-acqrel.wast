;; IRIW with seqcst writes and acqrel reads: strong writes alone do not help.
;; Wsc x1 || Wsc y1 || Rra x1; Rra y0 || Rra y1; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
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

(litmus "IRIW+reads-acqrel"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "sc-last-visible-2 speaks of seqcst reads only")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the reads count as unordered in JavaScript: nothing binds them")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Ry0, Wy1, Ry1, Rx0 is one chain, and Rx0 comes before Wx1"))
