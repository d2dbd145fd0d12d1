;; An acqrel write before a seqcst read that misses y, whose writer overwrites x: x ends with the acqrel write all the same.
;; Wra x1; Rsc y0 || Wsc y1; Wsc x2; at the end x = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "R-rel-sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= main:0:0 (i32.const 1))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "tot orders seqcst writes only, and Wx1 is acqrel; x86 allows it, with plain mov for the acqrel store, and so does RC11")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: the writes of x race")
  (verdict "rc11" allowed "Lahav et al., PLDI 2017"
    "a release write is not in the order of seqcst accesses")
  (verdict "x86-tso" allowed "Owens, Sarkar, Sewell, TPHOLs 2009"
    "the acqrel store is a plain mov and may wait in its buffer; so Wasm must allow it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Wx2 is one chain, which makes 2 the last write of x"))
