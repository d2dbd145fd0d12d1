;; A plain write over one’s own acqrel write: the reader of the plain value does not acquire.
;; W x1; Wra y1; W y2 || Rra y2; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1))
    (i32.store (i32.const 4) (i32.const 2)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "CoWW+un-over-acqrel"
  (exists (and (= T2:0:0 (i32.const 2)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "the value read is a plain write, which releases nothing; C++11’s release sequences go on in relaxed writes, but Wasm has none")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before both flags"))
