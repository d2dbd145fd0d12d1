;; Two acquire-release increments are never lost.
;; Ura x 0->1 || Ura x 0->1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "RMW+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "ACQREL; proofs-notes/acqrel.md"
    "rmw-atomicity: an update of the initial 0 comes before every other in the modification order, and not both can")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript, an update too, and unordered updates are not bound")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: an update reads the last write before it"))
