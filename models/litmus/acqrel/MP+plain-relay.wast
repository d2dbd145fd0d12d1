;; An acquired message is passed on by a plain flag: there the chain ends.
;; W x1; Wra y1 || Rra y1; W z1 || R z1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load acq_rel (i32.const 4))
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

(litmus "MP+plain-relay"
  (exists (and (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "z does not synchronise, so Wx1 does not happen before Rx0")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the chain Wx1, Wy1, Ry1, Wz1, Rz1 comes before Rx0, and Rx0 before Wx1"))
