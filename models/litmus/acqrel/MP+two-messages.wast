;; Two messages behind one acqrel flag: both are seen.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 8) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32 i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.load (i32.const 0))
    (i32.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+two-messages"
  (exists (and (= T2:0:0 (i32.const 1)) (not (and (= T2:0:1 (i32.const 1)) (= T2:0:2 (i32.const 1))))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-consistent-3: y synchronises, and both writes come before it")
  (verdict "wasm-oopsla19" allowed "OOPSLA19 Fig. 16"
    "acq_rel counts as unordered in a model without it: nothing synchronises")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: both messages are written before the flag and read after it")
  (outcomes "wasm" "proofs-notes/acqrel.md"
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0)) (= T2:0:2 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0)) (= T2:0:2 (i32.const 1)))
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 1)) (= T2:0:2 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 1)) (= T2:0:2 (i32.const 1)))
    (outcome (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 1)) (= T2:0:2 (i32.const 1)))))
