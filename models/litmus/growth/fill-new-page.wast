;; A fill that reaches into the new page checks its bounds once and is one event: it is done altogether or not at all.
;; grow || fill the last byte of page 1 and the first of page 2: trap; R the last of page 1, not 0.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow") shared (result i32)
    (memory.grow (i32.const 1)))

  (func (export "fill") shared
    (memory.fill (i32.const 65535) (i32.const 7) (i32.const 2)))

  (func (export "load") shared (result i32)
    (i32.load8_u (i32.const 65535))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "fill") (invoke $M "load"))
(wait $T1)
(wait $T2)

(litmus "fill-new-page"
  (exists (and (trap T2:0 "out of bounds memory access") (not (= T2:1:0 (i32.const 0)))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 8"
    "no execution: out of bounds the event is the read of the length alone")
  (verdict "js-es2018" forbidden "OOPSLA19 Fig. 8"
    "no execution: out of bounds the event is the read of the length alone")
  (verdict "sc" forbidden "OOPSLA19 Fig. 8"
    "no execution: out of bounds the event is the read of the length alone"))
