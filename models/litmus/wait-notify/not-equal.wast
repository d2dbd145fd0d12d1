;; A wait that finds another value than expected answers 1 at once, and has synchronised with it.
;; W x1; Wsc y1 || wait y0: 1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 4) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0))
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "not-equal"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "THREADS relaxed.rst, suspensions"
    "hb-consistent-3: the wait’s read is seqcst and synchronises, so the store of x hides the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the wait’s read is seqcst and synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store of x is before that of y, which the wait read"))
