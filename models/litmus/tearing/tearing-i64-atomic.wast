;; A seqcst i64 load does not take a half from each of two seqcst stores.
;; Wsc [0..7] 0x0000_0001_0000_0001 || Wsc [0..7] 0x0000_0002_0000_0002 || Rsc [0..7] 0x0000_0001_0000_0002.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i64.atomic.store (i32.const 0) (i64.const 0x0000_0001_0000_0001)))

  (func (export "t2") shared
    (i64.atomic.store (i32.const 0) (i64.const 0x0000_0002_0000_0002)))

  (func (export "t3") shared (result i64)
    (i64.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-i64-atomic"
  (exists (= T3:0:0 (i64.const 0x0000_0001_0000_0002)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "no-tear, sc-last-visible-1, sc-last-visible-3: all three are tear-free and of one range; moreover the load would have to come right after both")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "no-tear, sc-last-visible-1: all three are tear-free and of one range; moreover the load would have to come right after both")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all eight bytes come from the last store"))
