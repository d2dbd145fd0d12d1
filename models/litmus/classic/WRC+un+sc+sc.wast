;; Write-to-read causality from an unordered write: seeing it is no reason for anybody else to see it.
;; W x1 || Rsc x1; Wsc y1 || Rsc y1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load (i32.const 4))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "WRC+un+sc+sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "Wx1 is unordered: the first read of x does not synchronise, so Wx1 does not happen before Rx0")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "Wx1 is unordered, so it does not happen before Rx0; tot may place it after")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the chain Wx1, Rx1, Wy1, Ry1 comes before Rx0, and Rx0 before Wx1"))
