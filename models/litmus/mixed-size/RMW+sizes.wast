;; A seqcst increment of a word and one of its lowest byte both read 0.
;; Usc [0..3] 0->1 || Usc [0] 0->1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw8.add_u (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "RMW+sizes"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "atomicity holds among accesses of one range; these overlap only")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "sc-last-visible-1 keeps out writes of the read’s own range only")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: an update reads the last write of each byte"))
