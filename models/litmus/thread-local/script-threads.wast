;; Threads of the script have contexts of their own as well: each sees the default and its own write.

(module $M shared
  (global $mine (export "mine") (thread_local mut i32))

  (func (export "swap") shared (param $new i32) (result i32)
    (global.get $mine)
    (global.set $mine (local.get $new))))

(thread $T1 (shared (module $M)) (invoke $M "swap" (i32.const 1)) (invoke $M "swap" (i32.const 2)))
(thread $T2 (shared (module $M)) (invoke $M "swap" (i32.const 3)) (get $M "mine"))
(wait $T1)
(wait $T2)

(litmus "script-threads"
  (forall (and (= T1:0:0 (i32.const 0)) (= T1:1:0 (i32.const 1)) (= T2:0:0 (i32.const 0)) (= T2:1:0 (i32.const 3))))
  (verdict "wasm" required "shared-everything-threads overview, Thread-local storage"
    "each thread has its own copy")
  (verdict "sc" required "shared-everything-threads overview, Thread-local storage"
    "each thread has its own copy"))
