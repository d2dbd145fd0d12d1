;; Nothing tells a parent that its child has run: what the child writes may not be there.
;; fork: W x1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (i32.store8 (i32.const 0) (i32.const 1)))

  (func (export "parent") shared (result i32)
    (fork $child)
    (i32.load8_u (i32.const 0))))

(invoke $M "parent")

(litmus "fork-unseen"
  (exists (= main:0:0 (i32.const 0)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 11, fork"
    "the child’s store does not happen before the load")
  (verdict "sc" allowed "OOPSLA19 Fig. 11, fork"
    "the child may run later")
  (outcomes "wasm" "OOPSLA19 Fig. 11, fork"
    (outcome (= main:0:0 (i32.const 0)))
    (outcome (= main:0:0 (i32.const 1))))
  (outcomes "sc" "OOPSLA19 Fig. 11, fork"
    (outcome (= main:0:0 (i32.const 0)))
    (outcome (= main:0:0 (i32.const 1)))))
