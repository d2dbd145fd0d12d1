;; A write between two forks: the second child happens after it, the first does not.
;; fork: R x0; W x1; fork: R x.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared (param $at i32)
    (i32.atomic.store8 (local.get $at) (i32.add (i32.load8_u (i32.const 0)) (i32.const 1))))

  ;; What the second child found, and one more; 0 if it is not yet done.
  (func (export "parent") shared (result i32)
    (fork $child (i32.const 4))
    (i32.store8 (i32.const 0) (i32.const 1))
    (fork $child (i32.const 8))
    (i32.atomic.load8_u (i32.const 8))))

(invoke $M "parent")

(litmus "fork-between"
  (exists (= main:0:0 (i32.const 1)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 11, fork"
    "hb-consistent-3: the fork puts the store before the second child’s load, and so hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store is before the second fork, hence before the load"))
