;; Store buffering with seqcst writes and unordered reads: strong writes alone do not help.
;; Wsc x1; R y0 || Wsc y1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+writes-sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "an unordered read that nothing happens before may see the initial value")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unordered read that nothing happens before may see the initial value")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Rx0 is one chain, and Rx0 comes before Wx1"))
