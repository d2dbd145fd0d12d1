;; A thread writes after it saw another’s write, and yet the other’s comes last.
;; Rsc x2; Wsc x1 || Wsc x2; at the end x = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "CoRW2+sc"
  (exists (and (= T1:0:0 (i32.const 2)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3, sc-last-visible-3: Rx2 synchronises, so Wx1 hides Wx2 from the last read")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: Rx2 synchronises, so Wx1 hides Wx2 from the last read")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2, Rx2, Wx1 is one chain, which makes 1 the last write"))
