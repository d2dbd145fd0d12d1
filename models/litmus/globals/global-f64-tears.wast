;; A 64-bit float tears like an integer: a read may give a number that nobody wrote.
;; W x 3 || R x: neither 0 nor 3.

(module $M shared
  (global $x (export "x") (shared mut f64) (f64.const 0))

  (func (export "t1") shared
    (global.set $x (f64.const 0x1.8p1)))

  (func (export "t2") shared (result f64)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-f64-tears"
  (exists (and (not (= T2:0:0 (f64.const 0))) (not (= T2:0:0 (f64.const 0x1.8p1)))))
  (verdict "wasm" allowed "shared-everything-threads overview, Memory Model Considerations"
    "accesses of eight bytes are not tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write"))
