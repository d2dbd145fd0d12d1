;; Message passing through a third thread: y and z are seen, the message x is not.
;; Wsc x1; Wsc y1 || Rsc y1; Wsc z1 || Rsc z1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.load (i32.const 4))
    (i32.atomic.store (i32.const 8) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load (i32.const 8))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "ISA2+sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3, sc-last-visible-2: y and z synchronise, so Wx1 happens before Rx0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: y and z synchronise, so Wx1 happens before Rx0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the chain Wx1, Wy1, Ry1, Wz1, Rz1 comes before Rx0, and Rx0 before Wx1"))
