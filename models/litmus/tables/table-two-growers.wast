;; Two growths of a table do not start from the same length.
;; grow t 1 || grow t 1.

(module $M shared
  (table $t (export "t") shared 1 3 (ref null (shared i31)))

  (func (export "grow") shared (result i32)
    (table.grow $t (ref.i31_shared (i32.const 1)) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "grow"))
(wait $T1)
(wait $T2)

(litmus "table-two-growers"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: of two updates that read the first length, one is between it and the other in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later growth reads the earlier one"))
