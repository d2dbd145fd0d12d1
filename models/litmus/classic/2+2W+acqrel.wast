;; Each of two locations ends with the write that its thread made first.
;; Wra x1; Wra y2 || Wra y1; Wra x2; at the end x = 1, y = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 2)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "2+2W+acqrel"
  (exists (and (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 1))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "each range has a modification order of its own, and no axiom asks that the two agree with po; RC11 allows it, too")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "rc11" allowed "Lahav et al., PLDI 2017"
    "modification orders of different locations need not agree with sequenced-before; POWER allows it")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "stores stay in order")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "a store-release comes after all that its thread did before")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2 comes before Wx1, Wx1 before Wy2, Wy2 before Wy1, and Wy1 before Wx2"))
