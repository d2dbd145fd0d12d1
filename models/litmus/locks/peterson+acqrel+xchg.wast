;; Peterson’s entry, acqrel, with an exchange to give the turn away: both enter.
;; Each thread sets its flag, gives the turn away, and enters if the other's flag is not set or the turn is its own.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; Flags at 0 and 4, the turn (the address of a flag) at 8. 1 if the thread enters.
  (func $enter shared (param $mine i32) (param $other i32) (result i32)
    (i32.atomic.store acq_rel (local.get $mine) (i32.const 1))
    (drop (i32.atomic.rmw.xchg acq_rel (i32.const 8) (local.get $other)))
    (i32.or
      (i32.eqz (i32.atomic.load acq_rel (local.get $other)))
      (i32.eq (i32.atomic.load acq_rel (i32.const 8)) (local.get $mine))))

  (func (export "t1") shared (result i32) (call $enter (i32.const 0) (i32.const 4)))
  (func (export "t2") shared (result i32) (call $enter (i32.const 4) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "peterson+acqrel+xchg"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "Anthony Williams, Just Software Solutions, 2008"
    "hb-consistent-3: one exchange reads the other and acquires the other thread’s flag and turn; by rmw-atomicity not both are first")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: who gives the turn away second sees the other’s flag and the turn given"))
