;; In a forked thread a thread-local global starts with its type's default value.
;; Under --reading thread-local=inherit it starts with the parent's value: see inherit.wast.

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

(litmus "default"
  (forall (= main:1:0 (i32.const 0)))
  (verdict "wasm" required "shared-everything-threads overview, Thread-local storage"
    "a new thread’s copy has the default value")
  (verdict "sc" required "shared-everything-threads overview, Thread-local storage"
    "a new thread’s copy has the default value"))
