;; A thread that traps ends all threads: the parent is cut off wherever it is, or has already returned.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (unreachable))

  (func (export "parent") shared (result i32)
    (fork $child)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.const 7)))

(invoke $M "parent")

(litmus "trap-ends-all"
  (exists (trap main:0 "unreachable"))
  (verdict "wasm" allowed "DOMAIN §1"
    "the child may trap before its parent returns")
  (verdict "sc" allowed "DOMAIN §1"
    "the child may trap before its parent returns"))
