;; Message passing: the flag y is seen, the message x is not.
;; W x1; W y1 || Rsc y1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 4))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+un+sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "the writer is unordered, so the flag does not synchronise")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the flag does not synchronise, and tot may place Rx0, which synchronises with the initial write, before Wx1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1 is before Wy1, Wy1 before Ry1, Ry1 before Rx0, and Rx0 before Wx1"))
