;; [OOPSLA19 §4.1] Fig. 12 with a memory.size that sees the growth before the load; load k = 0.
;; An explicit length check synchronises with the growth.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 54))
    (drop (memory.grow (i32.const 1))))

  (func (export "t2") shared (result i32 i32)
    (memory.size)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "Fig12+size"
  (exists (and (= T2:0:0 (i32.const 2)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 §4.1"
    "hb-consistent-3: memory.size reads the length by a seqcst read, so the growth synchronises and the store hides 0")
  (verdict "wasm-oopsla19" forbidden "OOPSLA19 §4.1"
    "hb-consistent-3: memory.size reads the length by a seqcst read, so the growth synchronises and the store hides 0")
  (verdict "wasm-oopsla19-uncorrected" forbidden "OOPSLA19 §4.1"
    "hb-consistent-3: memory.size reads the length by a seqcst read, so the growth synchronises and the store hides 0")
  (verdict "js-es2018" forbidden "OOPSLA19 §4.1"
    "hb-consistent-3: memory.size reads the length by a seqcst read, so the growth synchronises and the store hides 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store comes before the growth, the growth before memory.size, that before the load"))
