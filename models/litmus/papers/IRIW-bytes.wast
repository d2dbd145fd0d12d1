;; IRIW of single bytes, unordered writes and seqcst reads: JavaScript’s init rule, which forbids SB-bytes, does not forbid this.
;; W [0] 1 || W [4] 1 || Rsc [0] 1; Rsc [4] 0 || Rsc [4] 1; Rsc [0] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store8 (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.store8 (i32.const 4) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load8_u (i32.const 0))
    (i32.atomic.load8_u (i32.const 4)))

  (func (export "t4") shared (result i32 i32)
    (i32.atomic.load8_u (i32.const 4))
    (i32.atomic.load8_u (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(thread $T4 (shared (module $M)) (invoke $M "t4"))
(wait $T1)
(wait $T2)
(wait $T3)
(wait $T4)

(litmus "IRIW-bytes"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= T4:0:0 (i32.const 1)) (= T4:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "unordered writes are in no axiom on tot")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "a read of an unordered write does not synchronise, so the write may come later in tot; reads of 0 then have nothing between")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: one reader comes between the first write and the second, the other between the second and the first"))
