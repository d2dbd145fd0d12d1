;; Objects of a module’s initialisers are seen initialised by all that can reach the instance.
;; init o.v1 || R o.v.

(module $M shared
  (type $s (shared (struct (field $v (mut i32)))))
  (global $o (shared (ref $s)) (struct.new $s (i32.const 1)))

  (func (export "t1") shared
    (struct.set $s $v (global.get $o) (i32.const 2)))

  (func (export "t2") shared (result i32)
    (struct.get $s $v (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "instantiated"
  (forall (or (= T2:0:0 (i32.const 1)) (= T2:0:0 (i32.const 2))))
  (verdict "wasm" required "DOMAIN §3"
    "instantiation happens before the threads, under every reading")
  (verdict "sc" required "DOMAIN §3"
    "instantiation happens before the threads")
  (outcomes "wasm" "DOMAIN §3"
    (outcome (= T2:0:0 (i32.const 1)))
    (outcome (= T2:0:0 (i32.const 2))))
  (outcomes "sc" "DOMAIN §3"
    (outcome (= T2:0:0 (i32.const 1)))
    (outcome (= T2:0:0 (i32.const 2)))))
