;; An unordered v128 load sees one lane of a v128 store and not its neighbour.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (v128.store (i32.const 0) (v128.const i32x4 1 1 1 1)))

  (func (export "t2") shared (result v128)
    (v128.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "tearing-v128"
  (exists (= T2:0:0 (v128.const i32x4 1 0 1 0)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 15"
    "an access of sixteen bytes is not tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all sixteen bytes come from the store, or none"))
