;; Coherence: one reader sees two other threads’ writes, and then the first again.
;; Wsc x1 || Wsc x2 || Rsc x1; Rsc x2; Rsc x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 0) (i32.const 2)))

  (func (export "t3") shared (result i32 i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "CoRR3+sc"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 2)) (= T3:0:2 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-1, sc-last-visible-3: Rx2 puts Wx1 before Wx2 in tot, the last read Wx2 before Wx1")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: Rx2 puts Wx1 before Wx2 in tot, the last read Wx2 before Wx1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1 comes before Wx2, and Wx2 before the last read"))
