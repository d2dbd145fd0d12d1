;; fork starts a thread inside of Wasm. What the parent wrote before is seen by the child; what both do afterwards is not ordered.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (i32.store (i32.const 4) (i32.load (i32.const 0)))
    (i32.atomic.store (i32.const 8) (i32.const 1)))

  (func (export "parent") shared (result i32 i32)
    (i32.store (i32.const 0) (i32.const 5))
    (fork $child)
    (i32.atomic.load (i32.const 8))
    (i32.load (i32.const 4))))

(invoke $M "parent")
