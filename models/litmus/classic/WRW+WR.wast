;; x is passed on by y, whose other writer comes last and yet misses x.
;; W x1 || R x1; W y1 || W y2; R x0; at the end y = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 0))
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32)
    (i32.store (i32.const 4) (i32.const 2))
    (i32.load (i32.const 0)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)
(invoke $M "final")

(litmus "WRW+WR"
  (exists (and (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "x86-tso" allowed "Owens, Sarkar, Sewell, TPHOLs 2009"
    "the store before the last load may wait in its buffer")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "plain accesses of different places go in any order")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Wy1, Wy2, Rx0 is one chain, and Rx0 comes before Wx1"))
