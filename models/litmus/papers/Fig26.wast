;; [OOPSLA19 Fig. 26] What sc-last-visible-3 forbids: who has joined two seqcst writers sees one write, then the other. Nothing races.
;; Wsc x1 || Wsc x2; at the end x = 1, x = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "Fig26"
  (exists (and (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 2))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 26"
    "sc-last-visible-3: both writes happen before both reads, which see the one that is later in tot")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-3 each plain read may see either write")
  (verdict "js-es2018" allowed "OOPSLA19 §6.2"
    "without sc-last-visible-3 each plain read may see either write: not SC-DRF")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 Fig. 26"
    "sc-last-visible-3: both writes happen before both reads, which see the one that is later in tot")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-3: both writes happen before both reads, which see the one that is later in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: between the two last reads nobody writes")
  (outcomes "wasm" "OOPSLA19 Fig. 26"
    (outcome (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 1)))
    (outcome (= main:0:0 (i32.const 2)) (= main:0:1 (i32.const 2))))
  (outcomes "js-es2018" "OOPSLA19 §6.2"
    (outcome (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 1)))
    (outcome (= main:0:0 (i32.const 1)) (= main:0:1 (i32.const 2)))
    (outcome (= main:0:0 (i32.const 2)) (= main:0:1 (i32.const 1)))
    (outcome (= main:0:0 (i32.const 2)) (= main:0:1 (i32.const 2)))))
