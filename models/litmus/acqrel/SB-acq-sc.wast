;; Store buffering with seqcst writes and acqrel reads.
;; Wsc x1; Rra y0 || Wsc y1; Rra x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB-acq-sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "sc-last-visible-2 speaks of seqcst reads only")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "a seqcst store empties the buffer before any load behind it")
  (verdict "armv8" allowed "Pulte et al., POPL 2018"
    "an acqrel load (ldapr) may overtake an earlier store-release; so Wasm must allow it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s write, which closes a cycle with po"))
