;; What memory.size saw, the bounds check sees too.
;; grow || size 2; R new: trap.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow") shared (result i32)
    (memory.grow (i32.const 1)))

  (func (export "size") shared (result i32)
    (memory.size))

  ;; In the page that the growth adds.
  (func (export "load-new") shared (result i32)
    (i32.load (i32.const 65536))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "size") (invoke $M "load-new"))
(wait $T1)
(wait $T2)

(litmus "size-then-access"
  (exists (and (= T2:0:0 (i32.const 2)) (trap T2:1 "out of bounds memory access")))
  (verdict "wasm" forbidden "OOPSLA19 §4.1"
    "hb-consistent-3: memory.size synchronises with the growth, which hides the first length from the bounds check")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the size synchronises with the growth")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the growth is before the size, hence before the bounds check"))
