;; Store buffering by acqrel exchanges with acqrel reads behind them.
;; Ura x 0->1; Rra y0 || Ura y 0->1; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32 i32)
    (i32.atomic.rmw.xchg acq_rel (i32.const 0) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.rmw.xchg acq_rel (i32.const 4) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+rmw-writes+acqrel"
  (exists (and (= T1:0:0 (i32.const 0)) (= T1:0:1 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "no axiom orders an acqrel read of the initial value before a write, be it an update")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s exchange, which closes a cycle with po"))
