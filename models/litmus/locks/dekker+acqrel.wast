;; Dekker’s entry, acqrel: both enter. Acquire and release are not enough for mutual exclusion by flags.
;; Each thread sets its flag and enters if the other's is not set.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; 1 if the thread enters.
  (func $enter shared (param $mine i32) (param $other i32) (result i32)
    (i32.atomic.store acq_rel (local.get $mine) (i32.const 1))
    (i32.eqz (i32.atomic.load acq_rel (local.get $other))))

  (func (export "t1") shared (result i32) (call $enter (i32.const 0) (i32.const 4)))
  (func (export "t2") shared (result i32) (call $enter (i32.const 4) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "dekker+acqrel"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "it is store buffering, which acqrel allows")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "x86-tso" allowed "Owens, Sarkar, Sewell, TPHOLs 2009"
    "each store may wait in its buffer while the load behind it reads memory")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "an acqrel load (ldapr) may overtake an earlier store-release")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: who sets its flag second sees the other’s"))
