;; Does a forked thread inherit its parent's thread-locals? Only under --reading thread-local=inherit [WAVM cloneContext];
;; by default the outcome asked for is forbidden.

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

(litmus "inherit"
  (exists (= main:1:0 (i32.const 5)))
  (verdict "wasm" forbidden "shared-everything-threads overview, Thread-local storage"
    "no execution: a new thread’s copy has the default value (thread-local=inherit gives it its parent’s)")
  (verdict "sc" forbidden "shared-everything-threads overview, Thread-local storage"
    "no execution: a new thread’s copy has the default value"))
