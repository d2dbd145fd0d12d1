;; A compare-exchange that fails releases nothing: its thread’s message is not passed on by the flag that it failed to change.
;; W x1; Rsc y1 || Wsc y1 || Rsc y1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.rmw.cmpxchg (i32.const 4) (i32.const 5) (i32.const 6)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load (i32.const 4))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "cas-failure-does-not-release"
  (exists (and (= T1:0:0 (i32.const 1)) (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "y synchronises with the second thread alone")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "y synchronises with the second thread alone")
  (verdict "sc" allowed "OOPSLA19 Fig. 17"
    "the order T2, T3, T1 shows it"))
