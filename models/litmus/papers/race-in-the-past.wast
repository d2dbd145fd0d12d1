;; [Dolan et al., PLDI 2018] Races are not bounded in time: after both writes of x are over, two reads still see both.
;; W x1; Wsc z1 || W x2; Rsc z1; R x1; R x2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 8) (i32.const 1)))

  (func (export "t2") shared (result i32 i32 i32)
    (i32.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 8))
    (i32.load (i32.const 0))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "race-in-the-past"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 1)) (= T2:0:2 (i32.const 2))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "neither write happens before the other, though both happen before the reads: each read may see either")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "neither write happens before the other: each read may see either")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: between the two reads of x nobody writes it"))
