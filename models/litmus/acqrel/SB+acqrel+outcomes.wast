;; All outcomes of store buffering by acqrel accesses: each of the four.
;; Wra x1; Rra y0 || Wra y1; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+acqrel+outcomes"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "no axiom orders an acqrel read of the initial value before a write")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s write, which closes a cycle with po")
  (outcomes "wasm" "proofs-notes/acqrel.md"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)))
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)))))
