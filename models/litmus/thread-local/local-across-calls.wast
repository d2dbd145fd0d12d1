;; A thread keeps its copy from one call to the next.
;; T1: mine += 1; mine += 1 || T2: mine += 1.

(module $M shared
  (global $mine (export "mine") (thread_local mut i32))

  (func (export "count") shared (result i32)
    (global.set $mine (i32.add (global.get $mine) (i32.const 1)))
    (global.get $mine)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "count") (invoke $M "count"))
(thread $T2 (shared (module $M)) (invoke $M "count"))
(wait $T1)
(wait $T2)

(litmus "local-across-calls"
  (forall (and (= T1:1:0 (i32.const 2)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" required "shared-everything-threads overview, Thread-local storage"
    "the copy belongs to the thread, not to the call")
  (verdict "sc" required "shared-everything-threads overview, Thread-local storage"
    "the copy belongs to the thread, not to the call"))
