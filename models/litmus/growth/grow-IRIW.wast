;; Two readers disagree whether the growth or the store came first.
;; grow || Wsc y1 || size 2; Rsc y0 || Rsc y1; size 1.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow") shared (result i32)
    (memory.grow (i32.const 1)))

  (func (export "store") shared
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "size-load") shared (result i32 i32)
    (memory.size)
    (i32.atomic.load (i32.const 0)))

  (func (export "load-size") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (memory.size)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "store"))
(thread $T3 (shared (module $M)) (invoke $M "size-load"))
(thread $T4 (shared (module $M)) (invoke $M "load-size"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "grow-IRIW"
  (exists (and (= T3:0:0 (i32.const 2)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: in tot the growth is before the read of y0, that before the store, and that before the size 1")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: a read of init alone synchronises with it, so no write of the location is between them in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: either the growth or the store is first"))
