;; An active segment is dropped when its module is instantiated: no thread finds it.
;; active d || init from d: trap.

(module $M
  (memory (export "mem") 1 1 shared)
  (data $d (i32.const 0) "\2a")

  (func (export "init")
    (memory.init $d (i32.const 4) (i32.const 0) (i32.const 1))))

(invoke $M "init")

(litmus "active-is-dropped"
  (forall (trap main:0 "out of bounds memory access"))
  (verdict "wasm" required "core 3.0, Instantiation"
    "instantiation drops it")
  (verdict "sc" required "core 3.0, Instantiation"
    "instantiation drops it"))
