;; thread.spawn_ref of no function traps.
;; spawn null: trap.

(module $M shared
  (type $entry (shared (func (param i32))))
  (import "thread" "spawn_ref" (func $spawn shared (param (ref null $entry) i32) (result i32)))
  (memory (export "mem") 1 1 shared)
  (elem declare (ref null $entry) (ref.func $child))

  (func $child shared (type $entry))

  (func (export "parent") shared (result i32)
    (call $spawn (ref.null $entry) (i32.const 0))))

(invoke $M "parent")

(litmus "spawn-null"
  (forall (trap main:0 "null function reference"))
  (verdict "wasm" required "shared-everything-threads overview, Thread Management Builtins"
    "there is nothing to call")
  (verdict "sc" required "shared-everything-threads overview, Thread Management Builtins"
    "there is nothing to call"))
