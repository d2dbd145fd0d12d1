;; A sequence lock, acqrel, data too: the reader accepts one word new and one old.
;; The reader accepts if the sequence number is even and the same before and after.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; The sequence number at 0, the two words at 4 and 8.
  (func (export "t1") shared
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 8) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 0) (i32.const 2)))

  (func (export "t2") shared (result i32 i32 i32 i32)
    (i32.atomic.load acq_rel (i32.const 0))
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.atomic.load acq_rel (i32.const 8))
    (i32.atomic.load acq_rel (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "seqlock+acqrel"
  (exists (and
    (or (and (= T2:0:0 (i32.const 0)) (= T2:0:3 (i32.const 0))) (and (= T2:0:0 (i32.const 2)) (= T2:0:3 (i32.const 2))))
    (or (and (= T2:0:1 (i32.const 0)) (= T2:0:2 (i32.const 1))) (and (= T2:0:1 (i32.const 1)) (= T2:0:2 (i32.const 0))))))
  (verdict "wasm" forbidden "Boehm, MSPC 2012"
    "hb-consistent-3: a read of new data acquires, so the sequence number before it hides the older one from the second read")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a reader that sees one word new and one old is between the writes of the sequence number"))
