;; Two additions to a global: neither is lost.
;; ADD x || ADD x, both from 0.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 0))

  (func (export "add") shared (result i32)
    (global.atomic.rmw.add acq_rel $x (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "add"))
(thread $T2 (shared (module $M)) (invoke $M "add"))
(wait $T1)
(wait $T2)

(litmus "global-add+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "rmw-atomicity: one addition is between the initial 0 and the other in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later addition reads the earlier one")
  (outcomes "wasm" "proofs-notes/acqrel.md"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)))))
