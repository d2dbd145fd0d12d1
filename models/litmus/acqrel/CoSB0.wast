;; Each of two threads writes x and then reads the initial 0: its own write hides it.
;; Wra x1; Rra x0 || Wra x2; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 0)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoSB0"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-consistent-3: each write hides the initial 0 from its own thread, by po")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: each write hides the initial 0 from its own thread, by po")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each thread has written before it reads"))
