;; A plain i64 load beside two 64-bit increments sees a half-carried sum: the upper half after both, the lower after one.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i64)
    (i64.atomic.rmw.add (i32.const 0) (i64.const 0xffff_ffff)))

  (func (export "t2") shared (result i64)
    (i64.atomic.rmw.add (i32.const 0) (i64.const 1)))

  (func (export "t3") shared (result i64)
    (i64.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-i64-increments"
  (exists (= T3:0:0 (i64.const 0x0000_0001_ffff_ffff)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 15"
    "the load is not tear-free, so it may take each half from another increment")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the load is not tear-free, so it may take each half from another increment")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the load sees the sum of the increments before it"))
