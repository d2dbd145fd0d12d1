;; A reader of x misses y; the writer of y then writes x, and its write of x is lost.
;; Wsc x2 || Rsc x2; Rsc y0 || Wsc y1; Wsc x1; at the end x = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 2)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 4)))

  (func (export "t3") shared
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)
(invoke $M "final")

(litmus "WRR+2W+sc"
  (exists (and (= T2:0:0 (i32.const 2)) (= T2:0:1 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: Ry0 comes before Wy1 in tot; by sc-last-visible-3 Wx1 comes before Wx2")
  (verdict "js-es2018" allowed "OOPSLA19 §6.2"
    "the unordered last read may see Wx2 although Wx1 is later in tot: not SC-DRF")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 §6.3"
    "sc-last-visible-3: Wx1 comes before Wx2 in tot; by sc-last-visible-1 Ry0 comes before Wy1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2, Rx2, Ry0, Wy1, Wx1 is one chain, which makes 1 the last write of x"))
