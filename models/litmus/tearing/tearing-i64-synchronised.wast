;; A plain i64 message behind an atomic flag arrives whole.
;; W [8..15] 0x0000_0001_0000_0001; Wsc [0..3] 1 || Rsc [0..3] 1; R [8..15] 0x0000_0001_0000_0000.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i64.store (i32.const 8) (i64.const 0x0000_0001_0000_0001))
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i64)
    (i32.atomic.load (i32.const 0))
    (i64.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "tearing-i64-synchronised"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i64.const 0x0000_0001_0000_0000))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: the flag synchronises, so the store hides each initial byte")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the flag synchronises, so the store hides each initial byte")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all eight bytes come from the last store"))
