;; A read misses its own thread’s write.
;; W x1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(wait $T1)

(litmus "CoWR0"
  (exists (= T1:0:0 (i32.const 0)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: Wx1 hides the initial 0, by po")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: Wx1 hides the initial 0, by po")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1 comes before Rx0"))
