;; An unordered write of a 64-bit global changes two of its bytes: may a reader see one of the changes alone?

(module $M shared
  (global $g (export "g") (shared mut i64) (i64.const 0))

  (func (export "write") shared
    (global.set $g (i64.const 0x1_0000_0001)))

  (func (export "read") shared (result i64)
    (global.get $g)))

(register "M")
(thread $T1 (shared (module $M)) (invoke $M "write"))
(thread $T2 (shared (module $M)) (invoke $M "read"))
(wait $T1)
(wait $T2)

(litmus "global-tearing"
  (exists (or (= T2:0:0 (i64.const 1)) (= T2:0:0 (i64.const 0x1_0000_0000)))))
