;; An aligned unordered i32 load that mixes one i32 store with the initial bytes.
;; The initial write has another range, so no-tear does not speak of it.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared
    (i32.store (i32.const 0) (i32.const 16909060)))

  (func (export "t2") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "mixed-init"
  (exists (= T2:0:0 (i32.const 772)))
  (verdict "wasm" allowed "OOPSLA19 §5, Mixed-size behaviour; recomputed by enumeration"
    "no-tear speaks of writes of the read’s own range, and the initial write has another")
  (verdict "wasm-oopsla19" allowed "OOPSLA19 §5, Mixed-size behaviour; recomputed by enumeration"
    "no-tear speaks of writes of the read’s own range, and the initial write has another")
  (verdict "wasm-oopsla19-uncorrected" allowed "OOPSLA19 §5, Mixed-size behaviour; recomputed by enumeration"
    "no-tear speaks of writes of the read’s own range, and the initial write has another")
  (verdict "js-es2018" allowed "OOPSLA19 §5, Mixed-size behaviour; recomputed by enumeration"
    "no-tear speaks of writes of the read’s own range, and the initial write has another")
  (verdict "js-es2018-scdrf" allowed "OOPSLA19 §5, Mixed-size behaviour; recomputed by enumeration"
    "no-tear speaks of writes of the read’s own range, and the initial write has another")
  (verdict "js-repaired" allowed "PLDI20"
    "no-tear speaks of writes of the read’s own range, and the initial write has another")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: every byte comes from the last write, the store or the initial one"))
