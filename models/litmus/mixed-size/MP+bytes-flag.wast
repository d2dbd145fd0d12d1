;; Message passing by a flag of one byte, written and read so: equal ranges synchronise, however narrow.
;; W [8..11] 1; Wsc [0] 1 || Rsc [0] 1; R [8..11] 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 8) (i32.const 1))
    (i32.atomic.store8 (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load8_u (i32.const 0))
    (i32.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+bytes-flag"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: the flag synchronises, so the message hides the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: the flag synchronises, so the message hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before the flag and read after it"))
