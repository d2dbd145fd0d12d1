;; A vector global tears: one of two lanes is seen changed.
;; W x (1,0,0,1) || R x (1,0,0,0).

(module $M shared
  (global $x (export "x") (shared mut v128) (v128.const i32x4 0 0 0 0))

  (func (export "t1") shared
    (global.set $x (v128.const i32x4 1 0 0 1)))

  (func (export "t2") shared (result v128)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-v128-tears"
  (exists (= T2:0:0 (v128.const i32x4 1 0 0 0)))
  (verdict "wasm" allowed "shared-everything-threads overview, Memory Model Considerations"
    "accesses of sixteen bytes are not tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write"))
