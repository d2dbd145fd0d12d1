;; table.init writes two slots in one event, which two reads may see in part all the same.
;; W t0,t1 at once || R t1 set; R t0 null.

(module $M shared
  (table $t (export "t") shared 2 2 (ref null (shared i31)))

  (elem $e (shared (ref null (shared i31))) (item (ref.i31_shared (i32.const 1))) (item (ref.i31_shared (i32.const 2))))

  (func (export "t1") shared
    (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 2)))

  (func (export "t2") shared (result (ref null (shared i31)) (ref null (shared i31)))
    (table.get $t (i32.const 1))
    (table.get $t (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "init-one-event"
  (exists (and (= T2:0:0 (ref.i31 2)) (= T2:0:1 (ref.null))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 8"
    "the first read does not synchronise with the event, so the second may take the initial null")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the event is before the first read, hence before the second"))
