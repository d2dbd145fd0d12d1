;; Two reads of one slot may see a write and then no longer see it.
;; W t0 || R t0 set; R t0 null.

(module $M shared
  (table $t (export "t") shared 2 2 (ref null (shared i31)))

  (func (export "t1") shared
    (table.set $t (i32.const 0) (ref.i31_shared (i32.const 1))))

  (func (export "t2") shared (result (ref null (shared i31)) (ref null (shared i31)))
    (table.get $t (i32.const 0))
    (table.get $t (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "slot-CoRR"
  (exists (and (= T2:0:0 (ref.i31 1)) (= T2:0:1 (ref.null))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 1"
    "unordered reads are not coherent")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the write is before the first read, hence before the second"))
