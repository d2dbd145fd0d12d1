;; An access that succeeds because of the growth does not tell memory.size of it.
;; grow || R new: in bounds; size 1.

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
(thread $T2 (shared (module $M)) (invoke $M "load-new") (invoke $M "size"))
(wait $T1)
(wait $T2)

(litmus "access-then-size"
  (exists (and (= T2:0:0 (i32.const 0)) (= T2:1:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 §4.1"
    "a bounds check orders nothing, and in tot the size comes before the growth")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "a bounds check orders nothing, and in tot the size comes before the growth")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the growth is before the access, hence before the size"))
