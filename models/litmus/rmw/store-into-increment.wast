;; A seqcst store comes between the reading and the writing of an increment and is lost.
;; Usc x 0->1 || Wsc x5; at the end x = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 0) (i32.const 5)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "store-into-increment"
  (exists (and (= T1:0:0 (i32.const 0)) (= main:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-3: the last read puts Wx5 before the update in tot, and by sc-last-visible-2 it comes after")
  (verdict "js-es2018" allowed "OOPSLA19 §6.2"
    "the unordered last read is not bound by tot")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 §6.3"
    "sc-last-visible-3: the last read puts Wx5 before the update in tot, and by sc-last-visible-1 it comes after")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: an increment that reads 0 comes before the store, whose 5 stays"))
