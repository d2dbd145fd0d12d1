;; Message passing by an acquire-release slot.
;; W t0; Wra t1 || Rra t1 set; R t0 null.

(module $M shared
  (table $t (export "t") shared 2 2 (ref null (shared i31)))

  (func (export "t1") shared
    (table.set $t (i32.const 0) (ref.i31_shared (i32.const 1)))
    (table.atomic.set acq_rel $t (i32.const 1) (ref.i31_shared (i32.const 2))))

  (func (export "t2") shared (result (ref null (shared i31)) (ref null (shared i31)))
    (table.atomic.get acq_rel $t (i32.const 1))
    (table.get $t (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "table-MP+acqrel"
  (exists (and (= T2:0:0 (ref.i31 2)) (= T2:0:1 (ref.null))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-consistent-3: slot 1 synchronises, so the write of slot 0 hides the initial null")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: slot 0 is set before slot 1, and slot 1 is read before slot 0"))
