;; The same with acquire-release exchanges: still atomic.
;; CASra t0 null→1 || CASra t0 null→2, both from null.

(module $M shared
  (table $t (export "t") shared 1 1 (ref null (shared eq)))

  (func (export "t1") shared (result (ref null (shared eq)))
    (table.atomic.rmw.cmpxchg acq_rel $t (i32.const 0) (ref.null (shared eq)) (ref.i31_shared (i32.const 1))))

  (func (export "t2") shared (result (ref null (shared eq)))
    (table.atomic.rmw.cmpxchg acq_rel $t (i32.const 0) (ref.null (shared eq)) (ref.i31_shared (i32.const 2)))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "slot-cmpxchg+acqrel"
  (exists (and (= T1:0:0 (ref.null)) (= T2:0:0 (ref.null))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "rmw-atomicity: one of the two updates is between the initial null and the other in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later exchange reads the earlier one"))
