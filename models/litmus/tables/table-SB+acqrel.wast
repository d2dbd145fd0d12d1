;; Store buffering on slots, all acquire-release.
;; Wra t0; Rra t1 null || Wra t1; Rra t0 null.

(module $M shared
  (table $t (export "t") shared 2 2 (ref null (shared i31)))

  (func (export "t1") shared (result (ref null (shared i31)))
    (table.atomic.set acq_rel $t (i32.const 0) (ref.i31_shared (i32.const 1)))
    (table.atomic.get acq_rel $t (i32.const 1)))

  (func (export "t2") shared (result (ref null (shared i31)))
    (table.atomic.set acq_rel $t (i32.const 1) (ref.i31_shared (i32.const 2)))
    (table.atomic.get acq_rel $t (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "table-SB+acqrel"
  (exists (and (= T1:0:0 (ref.null)) (= T2:0:0 (ref.null))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "acq_rel accesses are not in the sync of sc-last-visible, and neither read takes from an atomic write")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two writes is before both reads"))
