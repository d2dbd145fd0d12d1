;; Message passing through a third thread: y and z are seen, the message x is not.
;; W x1; W y1 || R y1; W z1 || R z1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 4))
    (i32.store (i32.const 8) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.load (i32.const 8))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "ISA2"
  (exists (and (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "plain accesses of different places go in any order")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the chain Wx1, Wy1, Ry1, Wz1, Rz1 comes before Rx0, and Rx0 before Wx1"))
