;; An unordered i64 load takes a half from each of two i64 stores.
;; W [0..7] 0x0000_0001_0000_0001 || W [0..7] 0x0000_0002_0000_0002 || R [0..7] 0x0000_0001_0000_0002.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i64.store (i32.const 0) (i64.const 0x0000_0001_0000_0001)))

  (func (export "t2") shared
    (i64.store (i32.const 0) (i64.const 0x0000_0002_0000_0002)))

  (func (export "t3") shared (result i64)
    (i64.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-i64-two-stores"
  (exists (= T3:0:0 (i64.const 0x0000_0001_0000_0002)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 15"
    "an unordered access of eight bytes is not tear-free")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unordered access of eight bytes is not tear-free in JavaScript either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all eight bytes come from the last store"))
