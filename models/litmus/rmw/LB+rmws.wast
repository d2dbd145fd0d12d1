;; Load buffering by increments: each reads the other thread’s later write.
;; Usc x 1->1; Wsc y1 || Usc y 1->1; Wsc x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 0))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw.add (i32.const 4) (i32.const 0))
    (i32.atomic.store (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB+rmws"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3: both rf edges synchronise, so the cycle of po and rf is one of hb")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-irreflexive, hb-consistent-1, hb-consistent-3: both rf edges synchronise, so the cycle of po and rf is one of hb")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each increment comes after the other thread’s write, which closes a cycle with po"))
