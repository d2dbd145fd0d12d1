;; An acqrel store comes between the reading and the writing of an increment and is lost.
;; Ura x 0->1 || Wra x5; at the end x = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 5)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "store-into-increment+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= main:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "rmw-atomicity: the update comes before Wx5 in the modification order, and by atomic-coherence after it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript, an update too, and unordered updates are not bound")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: an increment that reads 0 comes before the store, whose 5 stays"))
