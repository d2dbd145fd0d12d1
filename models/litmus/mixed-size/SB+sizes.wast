;; Store buffering of seqcst words read as seqcst bytes.
;; Wsc [0..3] 0x01010101; Rsc [8] 0 || Wsc [8..11] 0x01010101; Rsc [0] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 0x01010101))
    (i32.atomic.load8_u (i32.const 8)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 8) (i32.const 0x01010101))
    (i32.atomic.load8_u (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+sizes"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour"
    "sc-last-visible-2 keeps out writes of the read’s own range only")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "sc-last-visible-1 keeps out writes of the read’s own range only, though of any order")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s write, which closes a cycle with po"))
