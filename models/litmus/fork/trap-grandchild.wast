;; A trap in a grandchild ends parent and grandparent too.
;; fork: fork: trap; parent waits for ever.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $grandchild shared
    (unreachable))

  (func $child shared
    (fork $grandchild))

  (func (export "parent") shared (result i32)
    (fork $child)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))

(invoke $M "parent")

(litmus "trap-grandchild"
  (forall (trap main:0 "unreachable"))
  (verdict "wasm" required "DOMAIN §1"
    "a trap ends all threads that a fork connects, a sleeping one included")
  (verdict "sc" required "DOMAIN §1"
    "a trap ends all threads that a fork connects"))
