;; Two acqrel increments of one acqrel write both read it.
;; Wra x5 || Ura x 5->6 || Ura x 5->6.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 5)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1)))

  (func (export "t3") shared (result i32)
    (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "increments-of-atomic+acqrel"
  (exists (and (= T2:0:0 (i32.const 5)) (= T3:0:0 (i32.const 5))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "rmw-atomicity: neither update may come between Wx5 and the other")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript, an update too, and unordered updates are not bound")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the second increment reads the first"))
