;; Store buffering around three threads: each misses the next one’s write.
;; Wsc x1; Rsc y0 || Wsc y1; Rsc z0 || Wsc z1; Rsc x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.store (i32.const 0) (i32.const 1))
    (i32.atomic.load (i32.const 4)))

  (func (export "t2") shared (result i32)
    (i32.atomic.store (i32.const 4) (i32.const 1))
    (i32.atomic.load (i32.const 8)))

  (func (export "t3") shared (result i32)
    (i32.atomic.store (i32.const 8) (i32.const 1))
    (i32.atomic.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "3.SB+sc"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: each read of the initial 0 comes before the write that it misses, which closes a cycle with po")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 Prop. 6.2"
    "without sc-last-visible-2 a read of the initial write is bound by hb alone")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "sc-last-visible-1: the initial write synchronises with each read, which comes before the write that it misses")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "a seqcst store empties the buffer before the load behind it")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "a load-acquire does not overtake an earlier store-release")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Ry0, Wy1, Rz0, Wz1, Rx0 is one chain, and Rx0 comes before Wx1"))
