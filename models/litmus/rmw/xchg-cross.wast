;; Two exchanges read each other’s value.
;; Usc x 2->1 || Usc x 1->2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.xchg (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.xchg (i32.const 0) (i32.const 2))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "xchg-cross"
  (exists (and (= T1:0:0 (i32.const 2)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3, sc-last-visible-2, sc-last-visible-3: each update synchronises with the other, a cycle of hb in which each hides itself")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3: each update synchronises with the other, a cycle of hb in which each hides itself")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first exchange reads the initial 0"))
