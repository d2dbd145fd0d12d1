;; Message passing: the flag y is seen, the message x is not.
;; Wra x42; Wra y1 || Rra y1; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 42))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+acqrel"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "ACQREL"
    "hb-consistent-3: y synchronises, so Wx42 hides the initial 0")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "rc11" forbidden "Lahav et al., PLDI 2017"
    "reading what was released synchronises")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "an acquire load holds back what follows it, a store-release follows what comes before it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx42 is before Wy1, Wy1 before Ry1, Ry1 before Rx0, and Rx0 before Wx42"))
