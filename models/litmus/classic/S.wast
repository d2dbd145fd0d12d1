;; A write that follows a message is overtaken by a write before it: x ends as 2.
;; W x2; W y1 || R y1; W x1; at the end x = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 2))
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 4))
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "S"
  (exists (and (= T2:0:0 (i32.const 1)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "plain accesses of different places go in any order")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2, Wy1, Ry1, Wx1 is one chain, which makes 1 the last write of x"))
