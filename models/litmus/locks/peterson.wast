;; Peterson’s entry, seqcst: both enter.
;; Each thread sets its flag, gives the turn away, and enters if the other's flag is not set or the turn is its own.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; Flags at 0 and 4, the turn (the address of a flag) at 8. 1 if the thread enters.
  (func $enter shared (param $mine i32) (param $other i32) (result i32)
    (i32.atomic.store (local.get $mine) (i32.const 1))
    (i32.atomic.store (i32.const 8) (local.get $other))
    (i32.or
      (i32.eqz (i32.atomic.load (local.get $other)))
      (i32.eq (i32.atomic.load (i32.const 8)) (local.get $mine))))

  (func (export "t1") shared (result i32) (call $enter (i32.const 0) (i32.const 4)))
  (func (export "t2") shared (result i32) (call $enter (i32.const 4) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "peterson"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: two flags read unset close a cycle of tot; a turn given back contradicts sc-last-visible-1 and -3")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: a flag read unset comes before its setting in tot, and so does a turn before its being given away")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "a seqcst store empties the buffer before the load behind it")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "a load-acquire does not overtake an earlier store-release")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: who gives the turn away second sees the other’s flag and the turn given"))
