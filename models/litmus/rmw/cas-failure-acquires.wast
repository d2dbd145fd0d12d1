;; Message passing to a compare-exchange that fails because it sees the flag: as a read it synchronises.
;; W x1; Wsc y1 || Rsc y1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.rmw.cmpxchg (i32.const 4) (i32.const 5) (i32.const 6))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "cas-failure-acquires"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: the failing compare-exchange is a seqcst read of y, so Wx1 hides the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the failing compare-exchange is a seqcst read of y, so Wx1 hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before the flag and read after it"))
