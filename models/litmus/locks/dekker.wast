;; Dekker’s entry, seqcst: both enter.
;; Each thread sets its flag and enters if the other's is not set.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; 1 if the thread enters.
  (func $enter shared (param $mine i32) (param $other i32) (result i32)
    (i32.atomic.store (local.get $mine) (i32.const 1))
    (i32.eqz (i32.atomic.load (local.get $other))))

  (func (export "t1") shared (result i32) (call $enter (i32.const 0) (i32.const 4)))
  (func (export "t2") shared (result i32) (call $enter (i32.const 4) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "dekker"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: each read of an unset flag comes before the write that sets it in tot")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-2 a read of the initial write is bound by hb alone")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: each read of an unset flag synchronises with the initial write, and no other may come between")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "a seqcst store empties the buffer before the load behind it")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "a load-acquire does not overtake an earlier store-release")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: who sets its flag second sees the other’s")
  (outcomes "wasm" "OOPSLA19 Fig. 16"
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)))
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)))))
