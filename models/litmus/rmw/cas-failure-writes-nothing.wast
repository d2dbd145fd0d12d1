;; A compare-exchange that fails brings back the 0 that it read over a plain 1.
;; Rsc x0 || W x1; at the end x = 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 5) (i32.const 6)))

  (func (export "t2") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "cas-failure-writes-nothing"
  (exists (and (= T1:0:0 (i32.const 0)) (= main:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "THREADS, Atomic Memory Accesses; reading cmpxchg-failure=read"
    "hb-consistent-3: a compare-exchange that fails is a read, so Wx1 is the only write, and hides the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: a compare-exchange that fails is a read here as well, so Wx1 hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: 1 is the only write after the initial one"))
