;; Store buffering with an exchange of one location z by both threads between: one exchange reads the other, so they order the threads.
;; W x1; Usc z ->1; R y0 || W y1; Usc z ->2; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32 i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.rmw.xchg (i32.const 8) (i32.const 1))
    (i32.load (i32.const 4)))

  (func (export "t2") shared (result i32 i32)
    (i32.store (i32.const 4) (i32.const 1))
    (i32.atomic.rmw.xchg (i32.const 8) (i32.const 2))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+rmw-between"
  (exists (and (= T1:0:1 (i32.const 0)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: the exchange that reads the other makes its write happen before the read; by sc-last-visible-2 not both read 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the exchange that reads the other makes its write happen before the read; by sc-last-visible-1 not both read 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the thread that exchanges z last sees the other’s write"))
