;; Each of two locations ends with the write that its thread made first.
;; W x1; W y2 || W y1; W x2; at the end x = 1, y = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 4) (i32.const 2)))

  (func (export "t2") shared
    (i32.store (i32.const 4) (i32.const 1))
    (i32.store (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "2+2W"
  (exists (and (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "the writes race, so a read after both may see either")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the writes race, so a read after both may see either")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "plain accesses of different places go in any order")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2 comes before Wx1, Wx1 before Wy2, Wy2 before Wy1, and Wy1 before Wx2"))
