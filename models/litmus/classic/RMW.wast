;; Two atomic increments are never lost.
;; Usc x 0->1 || Usc x 0->1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "RMW"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: an update of the initial 0 comes before every other in tot, and not both can")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-2 a read of the initial write is bound by hb alone")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: the initial write synchronises with both updates, and no update may come between")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: an update reads the last write before it"))
