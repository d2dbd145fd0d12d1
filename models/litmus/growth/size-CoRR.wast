;; A size that was seen cannot be unseen.
;; grow || size 2; size 1.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow") shared
    (drop (memory.grow (i32.const 1))))

  (func (export "sizes") shared (result i32 i32)
    (memory.size)
    (memory.size)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "sizes"))
(wait $T1)
(wait $T2)

(litmus "size-CoRR"
  (exists (and (= T2:0:0 (i32.const 2)) (= T2:0:1 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 §4.1"
    "hb-consistent-3, sc-last-visible-2: the first memory.size synchronises with the growth, which hides the first length from the second")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3, sc-last-visible-1: the first size synchronises with the growth")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the growth is before the first size, hence before the second"))
