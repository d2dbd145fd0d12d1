;; [OOPSLA19 §5, Thin-Air Behaviour; Dolan et al., PLDI 2018] Races are bounded in space: one on x leaves a message in y as it is.
;; W x1; W y5; Wsc z1 || W x2; Rsc z1; R y0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 4) (i32.const 5))
    (i32.atomic.store (i32.const 8) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 8))
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "race-elsewhere"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 §5"
    "hb-consistent-3: z synchronises, so Wy5 hides the initial 0, whatever races on x")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: z synchronises, so Wy5 hides the initial 0, whatever races on x")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before the flag and read after it"))
