;; A global’s first value is seen by every thread: instantiation happens before all that can reach it.
;; init x5 || R x.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 5))

  (func (export "t1") shared
    (global.set $x (i32.const 6)))

  (func (export "t2") shared (result i32)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-start-value"
  (forall (or (= T2:0:0 (i32.const 5)) (= T2:0:0 (i32.const 6))))
  (verdict "wasm" required "DOMAIN §3"
    "instantiation writes 5 at once: there is no 0 to be read")
  (verdict "sc" required "DOMAIN §3"
    "instantiation writes 5 at once")
  (outcomes "wasm" "DOMAIN §3"
    (outcome (= T2:0:0 (i32.const 5)))
    (outcome (= T2:0:0 (i32.const 6))))
  (outcomes "sc" "DOMAIN §3"
    (outcome (= T2:0:0 (i32.const 5)))
    (outcome (= T2:0:0 (i32.const 6)))))
