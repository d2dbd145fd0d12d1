;; Each of two threads writes x and then reads the other’s value, all seqcst.
;; Wsc x1; Rsc x2 || Wsc x2; Rsc x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 0)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoSB+sc"
  (exists (and (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-1, sc-last-visible-3: the first thread puts Wx1 before Wx2 in tot, the second Wx2 before Wx1")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: the first thread puts Wx1 before Wx2 in tot, the second Wx2 before Wx1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later write is what its own thread reads"))
