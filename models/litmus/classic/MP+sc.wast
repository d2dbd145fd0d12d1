;; Message passing: the flag y is seen, the message x is not.
;; Wsc x42; Wsc y1 || Rsc y1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 42))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 4))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+sc"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 §5"
    "hb-consistent-3, sc-last-visible-2: y synchronises, so Wx42 hides the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: y synchronises, so Wx42 hides the initial 0")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "store-releases and load-acquires keep their order, and a store reaches all other processors at once")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx42 is before Wy1, Wy1 before Ry1, Ry1 before Rx0, and Rx0 before Wx42"))
