;; A thread that traps ends all threads, one that waits for ever included: no deadlock remains.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (unreachable))

  (func (export "parent") shared (result i32)
    (fork $child)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))

(invoke $M "parent")

(litmus "trap-ends-waiter"
  (forall (trap main:0 "unreachable"))
  (verdict "wasm" required "DOMAIN §1"
    "nobody notifies, so only the trap ends the parent")
  (verdict "sc" required "DOMAIN §1"
    "nobody notifies, so only the trap ends the parent"))
