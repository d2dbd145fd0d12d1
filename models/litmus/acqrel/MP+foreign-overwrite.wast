;; The flag is overwritten by a third thread’s acqrel write: its reader acquires from that thread alone.
;; W x1; Wra y1 || Wra y2 || Rra y2; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 2)))

  (func (export "t3") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(thread $T3 (shared (module $M)) (invoke $M "t3"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "MP+foreign-overwrite"
  (exists (and (= T3:0:0 (i32.const 2)) (= T3:0:1 (i32.const 0))))
  (verdict "wasm" allowed "proofs-notes/acqrel.md"
    "a write, unlike an update, passes nothing on from the write that it overwrites")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" allowed "OOPSLA19 Fig. 17"
    "the order T2, T3, T1 shows it"))
