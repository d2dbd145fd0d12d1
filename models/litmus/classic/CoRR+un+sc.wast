;; Read-read coherence: the second read of x goes back.
;; W x1 || Rsc x1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoRR+un+sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "the write is unordered, so Rx1 does not synchronise")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "Rx1 does not synchronise, and tot may place Wx1 after Rx0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Rx0 is one chain, and Rx0 comes before Wx1"))
