;; Peterson’s entry, acqrel: both enter.
;; Each thread sets its flag, gives the turn away, and enters if the other's flag is not set or the turn is its own.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; Flags at 0 and 4, the turn (the address of a flag) at 8. 1 if the thread enters.
  (func $enter shared (param $mine i32) (param $other i32) (result i32)
    (i32.atomic.store acq_rel (local.get $mine) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 8) (local.get $other))
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

(litmus "peterson+acqrel"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "it contains store buffering of the flags, which acqrel allows")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "x86-tso" allowed "Owens, Sarkar, Sewell, TPHOLs 2009"
    "each store may wait in its buffer while the load behind it reads memory")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "an acqrel load (ldapr) may overtake an earlier store-release")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: who gives the turn away second sees the other’s flag and the turn given"))
