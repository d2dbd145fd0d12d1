;; Z6.U with a plain read of y at the end of the second thread: it does not put the update before Wy3.
;; Wsc x1; Wra y1 || Usc y 1->2; R y3 || Wsc y3; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.rmw.add (i32.const 4) (i32.const 1))
    (i32.load (i32.const 4)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 3))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "Z6.U+un"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 3)) (= T3:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "Wy3 does not happen before the plain read, so sc-last-visible-3 says nothing of it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "y counts as unordered in JavaScript, so Wx1 does not happen before the update")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wy1, the update, Wy3, Rx0 is one chain, and Rx0 comes before Wx1"))
