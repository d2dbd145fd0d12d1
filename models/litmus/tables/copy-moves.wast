;; table.copy moves a slot that another thread sets meanwhile: the copy is the old reference or the new one.
;; W t0 || copy t0 to t1; R t1.

(module $M shared
  (table $t (export "t") shared 2 2 (ref null (shared i31)))

  (func (export "t1") shared
    (table.set $t (i32.const 0) (ref.i31_shared (i32.const 1))))

  (func (export "t2") shared (result (ref null (shared i31)))
    (table.copy $t $t (i32.const 1) (i32.const 0) (i32.const 1))
    (table.get $t (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "copy-moves"
  (exists (= T2:0:0 (ref.i31 1)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 8"
    "the read of the copy may take the racing write")
  (verdict "sc" allowed "OOPSLA19 Fig. 8"
    "the set may come first")
  (outcomes "wasm" "OOPSLA19 Fig. 8"
    (outcome (= T2:0:0 (ref.null)))
    (outcome (= T2:0:0 (ref.i31 1))))
  (outcomes "sc" "OOPSLA19 Fig. 8"
    (outcome (= T2:0:0 (ref.null)))
    (outcome (= T2:0:0 (ref.i31 1)))))
