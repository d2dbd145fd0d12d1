;; A write that follows a message is overtaken by a write before it: x ends as 2.
;; Wsc x2; Wsc y1 || Rsc y1; Wsc x1; at the end x = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load (i32.const 4))
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "S+sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3, sc-last-visible-3: y synchronises, so Wx1 hides Wx2 from the last read")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: y synchronises, so Wx1 hides Wx2 from the last read")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2, Wy1, Ry1, Wx1 is one chain, which makes 1 the last write of x"))
