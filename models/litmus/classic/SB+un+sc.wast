;; Store buffering: each thread misses the other’s write.
;; W x1; R y0 || Wsc y1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+un+sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "sc-last-visible-2 needs a seqcst read and a seqcst write of one range: x and y have one each")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "Ry0 is unordered: tot may place Wy1 and Rx0 before Wx1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Rx0 is one chain, and Rx0 comes before Wx1"))
