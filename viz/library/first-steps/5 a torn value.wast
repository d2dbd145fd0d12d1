;; A plain store of 64 bits may be seen byte by byte: 256 outcomes. The execution of each shows which bytes came from where.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "write") shared
    (i64.store (i32.const 0) (i64.const -1)))

  (func (export "read") shared (result i64)
    (i64.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "write"))
(thread $T2 (shared (module $M)) (invoke $M "read"))
(wait $T1)
(wait $T2)
