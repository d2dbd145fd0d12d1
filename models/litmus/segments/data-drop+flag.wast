;; An unordered flag tells that a segment was dropped; it may still be used.
;; drop d; W y1 || R y1; init from d: done.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (data $d shared "\2a\2b")

  (func (export "init") shared
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 2)))

  (func (export "drop-then-flag") shared
    (data.drop $d)
    (i32.store (i32.const 8) (i32.const 1)))

  (func (export "flag") shared (result i32)
    (i32.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "drop-then-flag"))
(thread $T2 (shared (module $M)) (invoke $M "flag") (invoke $M "init"))
(wait $T1)
(wait $T2)

(litmus "data-drop+flag"
  (exists (and (= T2:0:0 (i32.const 1)) (not (trap T2:1))))
  (verdict "wasm" allowed "shared-everything-threads, issue 83"
    "the flag does not synchronise")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the drop is before the flag, and the bounds check after it"))
