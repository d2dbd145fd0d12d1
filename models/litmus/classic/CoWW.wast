;; The first of one thread’s two writes comes last.
;; W x1; W x2; at the end x = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(wait $T1)
(invoke $M "final")

(litmus "CoWW"
  (exists (= main:0:0 (i32.const 1)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: Wx2 hides Wx1 from the last read, by po")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: Wx2 hides Wx1 from the last read, by po")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1 comes before Wx2, which is the last write"))
