;; A thread writes after it saw another’s write, and yet the other’s comes last.
;; R x2; W x1 || W x2; at the end x = 2.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.load (i32.const 0))
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared
    (i32.store (i32.const 0) (i32.const 2)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "CoRW2"
  (exists (and (= T1:0:0 (i32.const 2)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "an unordered access does not synchronise, so hb is po alone")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "one location behaves as one memory would")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "one location behaves as one memory would; compilers may still reorder and join loads, which is why Wasm does not promise it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx2, Rx2, Wx1 is one chain, which makes 1 the last write"))
