;; Read-read coherence: the second read of x goes back. Unordered accesses have none.
;; W x1 || R x1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.load (i32.const 0))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoRR"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 §5"
    "unordered accesses have no coherence")
  (verdict "js-es2018" allowed "OOPSLA19 Fig. 1"
    "unordered accesses have no coherence")
  (verdict "x86-tso" forbidden "Owens, Sarkar, Sewell, TPHOLs 2009"
    "one location behaves as one memory would")
  (verdict "armv8" forbidden "Pulte et al., POPL 2018"
    "one location behaves as one memory would; compilers may still reorder and join loads, which is why Wasm does not promise it")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx1, Rx1, Rx0 is one chain, and Rx0 comes before Wx1"))
