;; Store buffering of acqrel words, read as bytes, with seqcst fences between.
;; Wra [0..3] 0x01010101; Fsc; Rra [8] 0 || Wra [8..11] 0x01010101; Fsc; Rra [0] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 0x01010101))
    (atomic.fence)
    (i32.atomic.load8_u acq_rel (i32.const 8)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 8) (i32.const 0x01010101))
    (atomic.fence)
    (i32.atomic.load8_u acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+fences+sizes"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "fence-order speaks of accesses of one range, like every axiom on tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s write, which closes a cycle with po"))
