;; Reference counting, acqrel: a thread sees the datum overwritten.
;; Each thread reads the datum, drops its reference, and overwrites the datum if that was the last.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; The references dropped, of two, at 0; the datum at 4. The datum as the thread saw it.
  (func $drop shared (result i32) (local $seen i32)
    (local.set $seen (i32.load (i32.const 4)))
    (if (i32.eq (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1)) (i32.const 1))
      (then (i32.store (i32.const 4) (i32.const 99))))
    (local.get $seen))

  (func (export "t1") shared (result i32) (call $drop))
  (func (export "t2") shared (result i32) (call $drop)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "refcount+acqrel"
  (exists (or (= T1:0:0 (i32.const 99)) (= T2:0:0 (i32.const 99))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-consistent-1: the last drop acquires what the other released, so both reads happen before the overwriting")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript, an update too: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the datum is overwritten after both have read it"))
