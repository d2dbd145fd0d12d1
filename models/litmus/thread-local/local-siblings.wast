;; Two children have a copy each: both start with the default value.
;; fork: mine += 1; fork: mine += 1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (global $mine (thread_local mut i32))

  (func $child shared (param $at i32)
    (global.set $mine (i32.add (global.get $mine) (i32.const 1)))
    (i32.atomic.store8 (local.get $at) (global.get $mine)))

  (func (export "parent") shared (result i32 i32)
    (fork $child (i32.const 0))
    (fork $child (i32.const 4))
    (i32.atomic.load8_u (i32.const 0))
    (i32.atomic.load8_u (i32.const 4))))

(invoke $M "parent")

(litmus "local-siblings"
  (exists (or (= main:0:0 (i32.const 2)) (= main:0:1 (i32.const 2))))
  (verdict "wasm" forbidden "shared-everything-threads overview, Thread-local storage"
    "no execution: each child adds to its own copy")
  (verdict "sc" forbidden "shared-everything-threads overview, Thread-local storage"
    "no execution: each child adds to its own copy"))
