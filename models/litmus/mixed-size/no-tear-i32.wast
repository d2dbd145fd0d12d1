;; An aligned unordered i32 load does not tear between two i32 stores: it sees 0x0101, 0x0202 or the initial bytes, mixed
;; with initial bytes at most, never a mixture of the two stores.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 0x0101)))

  (func (export "t2") shared
    (i32.store (i32.const 0) (i32.const 0x0202)))

  (func (export "t3") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "no-tear-i32"
  (exists (or (= T3:0:0 (i32.const 0x0102)) (= T3:0:0 (i32.const 0x0201))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "no-tear: load and stores are aligned and of four bytes, so the load takes from one of the two stores at most")
  (verdict "js-es2018" forbidden "OOPSLA19 Fig. 16"
    "no-tear: load and stores are aligned and of four bytes, so the load takes from one of the two stores at most")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all four bytes come from the last store"))
