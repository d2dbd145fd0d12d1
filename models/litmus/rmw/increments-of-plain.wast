;; Two seqcst increments of a racing plain write both read it.
;; W x5 || Usc x 5->6 || Usc x 5->6.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 5)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "t3") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "increments-of-plain"
  (exists (and (= T2:0:0 (i32.const 5)) (= T3:0:0 (i32.const 5))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "atomicity is among atomic accesses: the plain write neither synchronises nor happens before the updates")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "sc-last-visible-1 speaks of a write that synchronises, and the plain write does not")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the second increment reads the first"))
