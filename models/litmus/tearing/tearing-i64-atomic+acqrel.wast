;; An acqrel i64 load does not take a half from each of two acqrel stores.
;; Wra [0..7] 0x0000_0001_0000_0001 || Wra [0..7] 0x0000_0002_0000_0002 || Rra [0..7] 0x0000_0001_0000_0002.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i64.atomic.store acq_rel (i32.const 0) (i64.const 0x0000_0001_0000_0001)))

  (func (export "t2") shared
    (i64.atomic.store acq_rel (i32.const 0) (i64.const 0x0000_0002_0000_0002)))

  (func (export "t3") shared (result i64)
    (i64.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "tearing-i64-atomic+acqrel"
  (exists (= T3:0:0 (i64.const 0x0000_0001_0000_0002)))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "no-tear, atomic-coherence: atomic accesses are tear-free; moreover the load would have to come right after both stores")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "no-tear: acq_rel counts as unordered in JavaScript, but the accesses keep their tear-free flag")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: all eight bytes come from the last store"))
