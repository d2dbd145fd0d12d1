;; What a thread wrote before it trapped stays written.
;; fork: W x1; trap || T2: R x.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (i32.store8 (i32.const 0) (i32.const 1))
    (unreachable))

  (func (export "parent") shared
    (fork $child))

  (func (export "load") shared (result i32)
    (i32.load8_u (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "parent"))
(thread $T2 (shared (module $M)) (invoke $M "load"))
(wait $T1)
(wait $T2)

(litmus "trap-keeps-writes"
  (exists (= T2:0:0 (i32.const 1)))
  (verdict "wasm" allowed "DOMAIN §1"
    "the store is an event of the execution, whatever its thread does then")
  (verdict "sc" allowed "DOMAIN §1"
    "the load may come last")
  (outcomes "wasm" "DOMAIN §1"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 1))))
  (outcomes "sc" "DOMAIN §1"
    (outcome (= T2:0:0 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 1)))))
