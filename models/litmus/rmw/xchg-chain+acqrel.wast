;; Two of three acqrel exchanges read the first one’s value.
;; Ura x 0->1 || Ura x 1->2 || Ura x 1->3.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.xchg acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.xchg acq_rel (i32.const 0) (i32.const 2)))

  (func (export "t3") shared (result i32)
    (i32.atomic.rmw.xchg acq_rel (i32.const 0) (i32.const 3))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "xchg-chain+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "rmw-atomicity: neither of the others may come between the first and its reader")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript, an update too, and unordered updates are not bound")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the third exchange reads the second"))
