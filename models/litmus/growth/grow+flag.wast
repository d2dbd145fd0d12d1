;; An unordered flag tells of the growth; the access after it may still be out of bounds.
;; grow; W y1 || R y1; R new: trap.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow-then-flag") shared
    (drop (memory.grow (i32.const 1)))
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "flag") shared (result i32)
    (i32.load (i32.const 0)))

  ;; In the page that the growth adds.
  (func (export "load-new") shared (result i32)
    (i32.load (i32.const 65536))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow-then-flag"))
(thread $T2 (shared (module $M)) (invoke $M "flag") (invoke $M "load-new"))
(wait $T1)
(wait $T2)

(litmus "grow+flag"
  (exists (and (= T2:0:0 (i32.const 1)) (trap T2:1 "out of bounds memory access")))
  (verdict "wasm" allowed "OOPSLA19 §4.1"
    "nothing synchronises, so the bounds check may read the first length")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "nothing synchronises, so the bounds check may read the first length")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the growth is before the flag, and the bounds check after it reads the old length"))
