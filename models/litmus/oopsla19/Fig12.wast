;; [OOPSLA19 Fig. 12] store at k; grow || load at j in bounds; load k = 0.
;; Byte j is in the page that the growth adds. Succeeding because the memory grew orders nothing.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 54))
    (drop (memory.grow (i32.const 1))))

  (func (export "t2") shared (result i32 i32)
    (i32.load (i32.const 65536))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "Fig12"
  (exists (and (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 12"
    "the bounds check reads the length unordered, so the growth does not synchronise")
  (verdict "wasm-oopsla19" allowed "OOPSLA19 Fig. 12"
    "the bounds check reads the length unordered, so the growth does not synchronise")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Fig. 12"
    "the bounds check reads the length unordered, so the growth does not synchronise")
  (verdict "js-es2018" allowed "OOPSLA19 Fig. 12"
    "the bounds check reads the length unordered, so the growth does not synchronise")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store comes before the growth, the growth before the load that it lets pass"))
