;; Store buffering between a thread and the one that it started.
;; spawn; W x1; R y0 || W y1; R x0.

(module $M shared
  (type $entry (shared (func (param i32))))
  (import "thread" "spawn_ref" (func $spawn shared (param (ref null $entry) i32) (result i32)))
  (memory (export "mem") 1 1 shared)
  (elem declare (ref null $entry) (ref.func $child))

  (func $child shared (type $entry)
    (i32.store8 (i32.const 4) (i32.const 1))
    (i32.atomic.store8 (i32.const 8) (i32.add (i32.load8_u (i32.const 0)) (i32.const 1))))

  ;; y, and what the child found of x and one more, 0 if it is not yet done.
  (func (export "parent") shared (result i32 i32)
    (drop (call $spawn (ref.func $child) (i32.const 0)))
    (i32.store8 (i32.const 0) (i32.const 1))
    (i32.load8_u (i32.const 4))
    (i32.atomic.load8_u (i32.const 8))))

(invoke $M "parent")

(litmus "spawn-SB"
  (exists (and (= main:0:0 (i32.const 0)) (= main:0:1 (i32.const 1))))
  (verdict "wasm" allowed "shared-everything-threads overview, Thread Management Builtins"
    "after the call, the two threads are not ordered")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the first of the two stores is before both reads"))
