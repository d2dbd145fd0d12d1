;; Dekker’s entry, acqrel with a seqcst fence between: both enter.
;; Each thread sets its flag and enters if the other's is not set.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; 1 if the thread enters.
  (func $enter shared (param $mine i32) (param $other i32) (result i32)
    (i32.atomic.store acq_rel (local.get $mine) (i32.const 1))
    (atomic.fence)
    (i32.eqz (i32.atomic.load acq_rel (local.get $other))))

  (func (export "t1") shared (result i32) (call $enter (i32.const 0) (i32.const 4)))
  (func (export "t2") shared (result i32) (call $enter (i32.const 4) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "dekker+fences"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "fence-order: each fence comes before the other in tot, for its read misses what is written before that")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: who sets its flag second sees the other’s"))
