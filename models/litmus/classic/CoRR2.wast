;; Coherence: two readers see two writes of one location in opposite orders.
;; W x1 || W x2 || R x1; R x2 || R x2; R x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.store (i32.const 0) (i32.const 2)))

  (func (export "t3") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 0)))

  (func (export "t4") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "CoRR2"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 2)) (= T4:0:0 (i32.const 2)) (= T4:0:1 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "one location behaves as one memory would")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "one location behaves as one memory would; compilers may still reorder and join loads, which is why Wasm does not promise it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first reader puts Wx1 before Wx2, the second Wx2 before Wx1"))
