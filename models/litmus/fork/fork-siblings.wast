;; Two children of one parent are not ordered: message passing between them fails.
;; fork: (W x1; W y1); fork: (R y1; R x0).

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $writer shared
    (i32.store8 (i32.const 0) (i32.const 1))
    (i32.store8 (i32.const 4) (i32.const 1)))

  ;; 2·y + x.
  (func $reader shared
    (i32.atomic.store8 (i32.const 12)
      (i32.add (i32.mul (i32.load8_u (i32.const 4)) (i32.const 2)) (i32.load8_u (i32.const 0)))))

  (func (export "parent") shared (result i32)
    (fork $writer)
    (fork $reader)
    (i32.atomic.load8_u (i32.const 12))))

(invoke $M "parent")

(litmus "fork-siblings"
  (exists (= main:0:0 (i32.const 2)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 11, fork"
    "a fork orders parent and child, not children among themselves")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is written before y, and y is read before x"))
