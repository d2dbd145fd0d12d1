;; Store buffering by plain byte writes with seqcst increments behind them.
;; W [0] 1; Usc [4] 0->0 || W [4] 1; Usc [0] 0->0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store8 (i32.const 0) (i32.const 1))
    (i32.atomic.rmw8.add_u (i32.const 4) (i32.const 0)))

  (func (export "t2") shared (result i32)
    (i32.store8 (i32.const 4) (i32.const 1))
    (i32.atomic.rmw8.add_u (i32.const 0) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+rmw-reads"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "sc-last-visible-2 keeps out seqcst writes only")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: an update of init alone synchronises with it, so no write of its range, a plain one too, comes between")
  (verdict "js-repaired" allowed "PLDI20"
    "only seqcst writes are kept from coming between a write and its read")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each increment comes before the other thread’s write, which closes a cycle with po"))
