;; Message passing by an acqrel flag with a fence before the flag: it adds nothing.
;; W x1; Fsc; Wra y1 || Rra y1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 1))
    (atomic.fence)
    (i32.atomic.store acq_rel (i32.const 4) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.load acq_rel (i32.const 4))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "MP+fence+acqrel"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-consistent-3: y synchronises, with the fence or without")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before the flag and read after it"))
