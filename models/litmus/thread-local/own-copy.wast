;; Each thread has its own copy of a thread-local global: the child's write is not the parent's.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (global $mine (export "mine") (thread_local mut i32))

  (func $child shared
    (i32.store (i32.const 8) (global.get $mine))
    (global.set $mine (i32.const 9))
    (i32.atomic.store (i32.const 12) (i32.const 1)))

  (func (export "parent") shared
    (global.set $mine (i32.const 5))
    (fork $child))

  (func (export "mine-now") shared (result i32)
    (global.get $mine))

  ;; Waits until the child is done, then fetches what it saw.
  (func (export "collect") shared (result i32)
    (loop $again
      (br_if $again (i32.eqz (i32.atomic.load (i32.const 12)))))
    (i32.load (i32.const 8))))

(invoke $M "parent")
(invoke $M "collect")
(invoke $M "mine-now")

(litmus "own-copy"
  (forall (= main:2:0 (i32.const 5)))
  (verdict "wasm" required "shared-everything-threads overview, Thread-local storage"
    "the child writes its own copy")
  (verdict "sc" required "shared-everything-threads overview, Thread-local storage"
    "the child writes its own copy"))
