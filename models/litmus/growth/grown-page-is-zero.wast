;; Bytes of the new page are zero, or what was stored to them: nothing else.
;; grow; W new 7 || R new.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow-then-store") shared
    (drop (memory.grow (i32.const 1)))
    (i32.store8 (i32.const 65536) (i32.const 7)))

  (func (export "load-new") shared (result i32)
    (i32.load8_u (i32.const 65536))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow-then-store"))
(thread $T2 (shared (module $M)) (invoke $M "load-new"))
(wait $T1)
(wait $T2)

(litmus "grown-page-is-zero"
  (forall (or (trap T2:0) (= T2:0:0 (i32.const 0)) (= T2:0:0 (i32.const 7))))
  (verdict "wasm" required "OOPSLA19 Fig. 9"
    "the growth writes the length and the zeroes in one event, so whoever sees the length finds them")
  (verdict "js-es2018" required "OOPSLA19 Fig. 9"
    "the growth writes the length and the zeroes in one event")
  (verdict "sc" required "OOPSLA19 Fig. 9"
    "the growth writes the length and the zeroes in one event")
  (outcomes "wasm" "OOPSLA19 Fig. 9"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 7)))
    (outcome (trap T2:0)))
  (outcomes "sc" "OOPSLA19 Fig. 9"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 7)))
    (outcome (trap T2:0))))
