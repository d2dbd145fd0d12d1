;; A message through the order of two writes of y: the last thread sees z but not x.
;; Wsc x1; Wsc y1 || Wsc y2; Wsc z1 || Rsc z1; Rsc x0; at the end y = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 4) (i32.const 2))
    (i32.atomic.store (i32.const 8) (i32.const 1)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load (i32.const 8))
    (i32.atomic.load (i32.const 0)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)
(invoke $M "final")

(litmus "Z6.3+sc"
  (exists (and (= T3:0:0 (i32.const 1)) (= T3:0:1 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: Rx0 comes before Wx1 in tot; by sc-last-visible-3 Wy1 comes before Wy2")
  (verdict "js-es2018" allowed "OOPSLA19 §6.2"
    "the unordered last read may see Wy2 although Wy1 is later in tot: not SC-DRF")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 §6.3"
    "sc-last-visible-3: Wy1 comes before Wy2 in tot; by sc-last-visible-1 Rx0 comes before Wx1")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Wy1, Wy2, Wz1, Rz1, Rx0 is one chain, and Rx0 comes before Wx1"))
