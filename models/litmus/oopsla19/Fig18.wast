;; [OOPSLA19 Fig. 18] Wsc x1; Wsc y1 || Wsc x2; Rsc y1; R x2; R x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.store (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32 i32)
    (i32.atomic.store (i32.const 0) (i32.const 2))
    (i32.atomic.load (i32.const 4))
    (i32.load (i32.const 0))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "Fig18"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 2)) (= T2:0:2 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 18"
    "sc-last-visible-3: both writes of x happen before the plain reads, which see the later one of tot both times")
  (verdict "wasm-oopsla19" forbidden "OOPSLA19 Fig. 18"
    "sc-last-visible-3: both writes of x happen before the plain reads, which see the later one of tot both times")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Fig. 18"
    "without sc-last-visible-3 each plain read may see either write of x, although nothing races")
  (verdict "js-es2018" allowed "OOPSLA19 Fig. 18"
    "without sc-last-visible-3 each plain read may see either write of x, although nothing races")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 Fig. 18"
    "sc-last-visible-3: both writes of x happen before the plain reads, which see the later one of tot both times")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-3: both writes happen before the plain read, which sees the later one of tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: between the two plain reads nobody writes x"))
