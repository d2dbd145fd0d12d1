;; A store of which only the first half is in bounds does nothing, or all of it if the memory was grown.
;; grow || W last four bytes of page 1 and first four of page 2: trap; R the last four, not 0.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow") shared (result i32)
    (memory.grow (i32.const 1)))

  (func (export "store") shared
    (i64.store (i32.const 65532) (i64.const -1)))

  (func (export "load") shared (result i32)
    (i32.load (i32.const 65532))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "store") (invoke $M "load"))
(wait $T1)
(wait $T2)

(litmus "partial-store"
  (exists (and (trap T2:0 "out of bounds memory access") (not (= T2:1:0 (i32.const 0)))))
  (verdict "wasm" forbidden "OOPSLA19 §4.1"
    "no execution: out of bounds the event is the read of the length alone")
  (verdict "js-es2018" forbidden "OOPSLA19 §4.1"
    "no execution: out of bounds the event is the read of the length alone")
  (verdict "sc" forbidden "OOPSLA19 §4.1"
    "no execution: out of bounds the event is the read of the length alone"))
