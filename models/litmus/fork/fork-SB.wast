;; Store buffering between a parent and its child.
;; fork; W x1; R y0 || child: W y1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (i32.store8 (i32.const 4) (i32.const 1))
    (i32.atomic.store8 (i32.const 8) (i32.add (i32.load8_u (i32.const 0)) (i32.const 1))))

  ;; y, and what the child found of x and one more, 0 if it is not yet done.
  (func (export "parent") shared (result i32 i32)
    (fork $child)
    (i32.store8 (i32.const 0) (i32.const 1))
    (i32.load8_u (i32.const 4))
    (i32.atomic.load8_u (i32.const 8))))

(invoke $M "parent")

(litmus "fork-SB"
  (exists (and (= main:0:0 (i32.const 0)) (= main:0:1 (i32.const 1))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 11, fork"
    "after the fork, parent and child are not ordered")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two stores is before both reads"))
