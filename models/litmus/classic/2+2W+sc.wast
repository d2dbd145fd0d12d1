;; Each of two locations ends with the write that its thread made first.
;; Wsc x1; Wsc y2 || Wsc y1; Wsc x2; at the end x = 1, y = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 4) (i32.const 2)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.store (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "2+2W+sc"
  (exists (and (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-3: Wx2 comes before Wx1 and Wy2 before Wy1 in tot, which closes a cycle with po")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-3 an unordered read may see a write that tot hides")
  (verdict "js-es2018" allowed "OOPSLA19 §6.2"
    "without sc-last-visible-3 an unordered read may see a write that tot hides: not SC-DRF")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 §6.3"
    "sc-last-visible-3: Wx2 comes before Wx1 and Wy2 before Wy1 in tot, which closes a cycle with po")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-3: Wx2 comes before Wx1 and Wy2 before Wy1 in tot, which closes a cycle with po")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "loads stay in order with loads and later stores, stores with stores")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "store-releases and load-acquires keep their order, and a store reaches all other processors at once")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2 comes before Wx1, Wx1 before Wy2, Wy2 before Wy1, and Wy1 before Wx2"))
