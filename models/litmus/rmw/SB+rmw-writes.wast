;; Store buffering by seqcst exchanges with plain reads behind them: an update is no fence.
;; Usc x 0->1; R y0 || Usc y 0->1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32 i32)
    (i32.atomic.rmw.xchg (i32.const 0) (i32.const 1))
    (i32.load (i32.const 4)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.rmw.xchg (i32.const 4) (i32.const 1))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+rmw-writes"
  (exists (and (= T1:0:0 (i32.const 0)) (= T1:0:1 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "a plain read is in no axiom on tot; x86 forbids it, as its locked instructions are fences, ARMv8 allows it")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "a plain read is in no axiom on tot")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "a locked instruction empties the buffer")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "a plain load may overtake an update")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s exchange, which closes a cycle with po"))
