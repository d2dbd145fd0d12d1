;; Message passing of an overwritten message: the reader sees the flag but the older value.
;; W x1; W x2; Wsc y1 || Rsc y1; R x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 0) (i32.const 2))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 4))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+overwritten"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: y synchronises, so Wx2 hides Wx1 from the reader")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: y synchronises, so Wx2 hides Wx1 from the reader")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2 comes before Wy1, and Rx1 after it"))
