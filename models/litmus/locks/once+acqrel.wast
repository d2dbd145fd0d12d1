;; Double-checked initialisation with an acqrel flag: the datum is not seen initialised.
;; Who finds it not ready tries the lock; who loses gives up.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; The lock at 0, the ready flag at 4, the datum at 8. The datum, or -1.
  (func $get shared (result i32)
    (if (i32.eqz (i32.atomic.load acq_rel (i32.const 4)))
      (then
        (if (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))
          (then (return (i32.const -1))))
        (i32.store (i32.const 8) (i32.const 42))
        (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))))
    (i32.load (i32.const 8)))

  (func (export "t1") shared (result i32) (call $get))
  (func (export "t2") shared (result i32) (call $get)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "once+acqrel"
  (exists (or (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-consistent-3: the flag synchronises, so the datum’s write hides the initial 0")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the datum is written before the flag is set")
  (outcomes "wasm" "proofs-notes/acqrel.md"
    (outcome (= T1:0:0 (i32.const 42)) (= T2:0:0 (i32.const 42)))
    (outcome (= T1:0:0 (i32.const 42)) (= T2:0:0 (i32.const -1)))
    (outcome (= T1:0:0 (i32.const -1)) (= T2:0:0 (i32.const 42)))))
