;; A thread sees another’s write after its own, and yet its own comes last.
;; Wsc x1; Rsc x2 || Wsc x2; at the end x = 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 0)))

  (func (export "t2") shared
    (i32.atomic.store (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "CoWR+sc"
  (exists (and (= T1:0:0 (i32.const 2)) (= main:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-3: the last read puts Wx2 before Wx1 in tot; by sc-last-visible-1 no write is between Wx2 and Rx2")
  (verdict "js-es2018" allowed "OOPSLA19 §6.2"
    "without sc-last-visible-3 the unordered last read is not bound by tot: not SC-DRF")
  (verdict "js-es2018-scdrf" forbidden "OOPSLA19 §6.3"
    "sc-last-visible-3: the last read puts Wx2 before Wx1 in tot; by sc-last-visible-1 no write is between Wx2 and Rx2")
  (verdict "js-repaired" forbidden "PLDI20"
    "sc-last-visible-3: the last read puts Wx2 before Wx1 in tot; by sc-last-visible-1 no write is between Wx2 and Rx2")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Rx2 after Wx1 puts Wx2 between them, so 2 is the last write"))
