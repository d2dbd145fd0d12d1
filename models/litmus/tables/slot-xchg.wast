;; Exchanges of one slot form a chain: each takes what another put, or the initial null.
;; XCHG t0 1 || XCHG t0 2.

(module $M shared
  (table $t (export "t") shared 1 1 (ref null (shared eq)))

  (func (export "t1") shared (result (ref null (shared eq)))
    (table.atomic.rmw.xchg seq_cst $t (i32.const 0) (ref.i31_shared (i32.const 1))))

  (func (export "t2") shared (result (ref null (shared eq)))
    (table.atomic.rmw.xchg seq_cst $t (i32.const 0) (ref.i31_shared (i32.const 2)))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "slot-xchg"
  (exists (and (= T1:0:0 (ref.i31 2)) (= T2:0:0 (ref.i31 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3, sc-last-visible-2, sc-last-visible-3: each exchange would synchronise with the other")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the earlier exchange cannot take from the later one")
  (outcomes "wasm" "OOPSLA19 Fig. 16"
    (outcome (= T1:0:0 (ref.null)) (= T2:0:0 (ref.i31 1)))
    (outcome (= T1:0:0 (ref.i31 2)) (= T2:0:0 (ref.null))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T1:0:0 (ref.null)) (= T2:0:0 (ref.i31 1)))
    (outcome (= T1:0:0 (ref.i31 2)) (= T2:0:0 (ref.null)))))
