;; 2+2W around three threads: each of three locations ends with the write that its thread made first.
;; Wra x2; Wra y1 || Wra y2; Wra z1 || Wra z2; Wra x1; at the end x = 2, y = 2, z = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 2))
    (i32.atomic.store acq_rel (i32.const 8) (i32.const 1)))

  (func (export "t3") shared
    (i32.atomic.store acq_rel (i32.const 8) (i32.const 2))
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1)))

  (func (export "final") shared (result i32 i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 4))
    (i32.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)
(invoke $M "final")

(litmus "3.2W+acqrel"
  (exists (and (= main:0:0 (i32.const 2)) (= main:0:1 (i32.const 2)) (= main:0:2 (i32.const 2))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "each range has a modification order of its own, and no axiom asks that the three agree with po; RC11 allows it, too")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "rc11" allowed "Lahav et al., PLDI 2017"
    "modification orders of different locations need not agree with sequenced-before; POWER allows it")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "stores stay in order")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "a store-release comes after all that its thread did before")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2, Wy1, Wy2, Wz1, Wz2, Wx1 is one chain, which makes 1 the last write of x"))
