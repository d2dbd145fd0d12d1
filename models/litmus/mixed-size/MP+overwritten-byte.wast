;; A word is written, one of its bytes overwritten, and the flag set: the reader of the word must see the new byte.
;; Wsc [8..11] 0x01010101; Wsc [9] 2; Wsc [0..3] 1 || Rsc [0..3] 1; Rsc [8..11] 0x01010101.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.atomic.store (i32.const 8) (i32.const 0x01010101))
    (i32.atomic.store8 (i32.const 9) (i32.const 2))
    (i32.atomic.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load (i32.const 0))
    (i32.atomic.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+overwritten-byte"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0x01010101))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: the byte’s write hides that byte of the word, whatever their ranges")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the byte’s write hides that byte of the word, whatever their ranges")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the byte is overwritten before the flag is set, and the word is read after it"))
