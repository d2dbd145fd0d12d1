;; [OOPSLA19 Fig. 1] W x1; W x2 || R x2; R x1; R x2; R x1.
;; Unordered reads of one location may go back and forth.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store (i32.const 0) (i32.const 2)))

  (func (export "t2") shared (result i32 i32 i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 0))
    (i32.load (i32.const 0))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "Fig1"
  (exists (and (= T2:0:0 (i32.const 2)) (= T2:0:1 (i32.const 1)) (= T2:0:2 (i32.const 2)) (= T2:0:3 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 1"
    "an unordered read that races with two writes may see either, again and again")
  (verdict "wasm-oopsla19" allowed "OOPSLA19 Fig. 1"
    "an unordered read that races with two writes may see either, again and again")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Fig. 1"
    "an unordered read that races with two writes may see either, again and again")
  (verdict "js-es2018" allowed "OOPSLA19 Fig. 1"
    "an unordered read that races with two writes may see either, again and again")
  (verdict "js-es2018-scdrf" allowed "OOPSLA19 Fig. 1"
    "an unordered read that races with two writes may see either, again and again")
  (verdict "js-repaired" allowed "PLDI20"
    "unordered reads have no coherence")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1 comes before Wx2, so no Rx1 follows Rx2"))
