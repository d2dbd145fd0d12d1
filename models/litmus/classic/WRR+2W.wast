;; A reader of x misses y; the writer of y then writes x, and its write of x is lost.
;; W x2 || R x2; R y0 || W y1; W x1; at the end x = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 2)))

  (func (export "t2") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 4)))

  (func (export "t3") shared
    (i32.store (i32.const 4) (i32.const 1))
    (i32.store (i32.const 0) (i32.const 1)))

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

(litmus "WRR+2W"
  (exists (and (= T2:0:0 (i32.const 2)) (= T2:0:1 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "plain accesses of different places go in any order")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2, Rx2, Ry0, Wy1, Wx1 is one chain, which makes 1 the last write of x"))
