;; Store buffering around three threads: each misses the next one’s write.
;; Wra x1; Rra y0 || Wra y1; Rra z0 || Wra z1; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 8)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 8) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "3.SB+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "no axiom orders a read of the initial value before an acqrel write")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Rz0, Wz1, Rx0 is one chain, and Rx0 comes before Wx1"))
