;; What the condition marked with a dagger forbids by itself:
;; W x1; Wsc y1; RMW x->3 || Rsc y1; Wsc x2; Rsc x3 with the RMW reading 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.rmw.xchg (i32.const 0) (i32.const 3)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 4))
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "dagger"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 3))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16; recomputed by enumeration"
    "sc-last-visible-2: Wx1 happens before Wx2, which may not come before the update that reads Wx1")
  (verdict "wasm-oopsla19" forbidden "OOPSLA19 Fig. 16; recomputed by enumeration"
    "sc-last-visible-2: Wx1 happens before Wx2, which may not come before the update that reads Wx1")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Fig. 16; recomputed by enumeration"
    "without sc-last-visible-2 an update may read a plain write past a later seqcst one")
  (verdict "js-es2018" allowed "OOPSLA19 Fig. 16; recomputed by enumeration"
    "without sc-last-visible-2 an update may read a plain write past a later seqcst one")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 Fig. 16; recomputed by enumeration"
    "sc-last-visible-2: Wx1 happens before Wx2, which may not come before the update that reads Wx1")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-2: Wx1 happens before Wx2, which may not come before the update that reads Wx1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wy1, Ry1, Wx2 is one chain, and the update reads Wx1 after it"))
