;; Dekker’s entry on plain flags: both enter.
;; Each thread sets its flag and enters if the other's is not set.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; 1 if the thread enters.
  (func $enter shared (param $mine i32) (param $other i32) (result i32)
    (i32.store (local.get $mine) (i32.const 1))
    (i32.eqz (i32.load (local.get $other))))

  (func (export "t1") shared (result i32) (call $enter (i32.const 0) (i32.const 4)))
  (func (export "t2") shared (result i32) (call $enter (i32.const 4) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "dekker+un"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "plain flags order nothing")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "plain flags order nothing")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: who sets its flag second sees the other’s"))
