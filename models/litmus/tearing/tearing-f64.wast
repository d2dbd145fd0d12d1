;; An unordered f64 load takes the upper byte of 1.0 (0x3ff0_0000_0000_0000) and the initial zero below it.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (f64.store (i32.const 0) (f64.const 1.0)))

  (func (export "t2") shared (result f64)
    (f64.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "tearing-f64"
  (exists (= T2:0:0 (f64.const 0x1p-15)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 15"
    "an access of eight bytes is not tear-free, whatever its type")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "a Float64Array’s accesses are not tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all eight bytes come from the store, or none"))
