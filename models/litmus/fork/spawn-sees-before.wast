;; A thread that thread.spawn_ref starts sees what was written before, and the argument.
;; W x1; spawn child(5): W out x + 5.

(module $M shared
  (type $entry (shared (func (param i32))))
  (import "thread" "spawn_ref" (func $spawn shared (param (ref null $entry) i32) (result i32)))
  (memory (export "mem") 1 1 shared)
  (elem declare (ref null $entry) (ref.func $child))

  (func $child shared (type $entry)
    (i32.atomic.store8 (i32.const 4) (i32.add (i32.load8_u (i32.const 0)) (local.get 0))))

  (func (export "parent") shared (result i32)
    (i32.store8 (i32.const 0) (i32.const 1))
    (drop (call $spawn (ref.func $child) (i32.const 5)))
    (i32.atomic.load8_u (i32.const 4))))

(invoke $M "parent")

(litmus "spawn-sees-before"
  (forall (or (= main:0:0 (i32.const 0)) (= main:0:0 (i32.const 6))))
  (verdict "wasm" required "shared-everything-threads overview, Thread Management Builtins"
    "the new thread happens after the call that starts it, as after a fork")
  (verdict "sc" required "shared-everything-threads overview, Thread Management Builtins"
    "the store comes before the new thread")
  (outcomes "wasm" "shared-everything-threads overview, Thread Management Builtins"
    (outcome (= main:0:0 (i32.const 0)))
    (outcome (= main:0:0 (i32.const 6))))
  (outcomes "sc" "shared-everything-threads overview, Thread Management Builtins"
    (outcome (= main:0:0 (i32.const 0)))
    (outcome (= main:0:0 (i32.const 6)))))
