;; A thread-local reference starts as null in every thread, whatever others have put in theirs.
;; T1: set mine || T2: mine is null.

(module $M shared
  (global $mine (export "mine") (thread_local mut (ref null (shared i31))))

  (func (export "set") shared
    (global.set $mine (ref.i31_shared (i32.const 1))))

  (func (export "get") shared (result (ref null (shared i31)))
    (global.get $mine)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "set") (invoke $M "get"))
(thread $T2 (shared (module $M)) (invoke $M "get"))
(wait $T1)
(wait $T2)

(litmus "local-reference"
  (forall (and (= T1:1:0 (ref.i31 1)) (= T2:0:0 (ref.null))))
  (verdict "wasm" required "shared-everything-threads overview, Thread-local storage"
    "each thread has its own copy, which starts with the default value")
  (verdict "sc" required "shared-everything-threads overview, Thread-local storage"
    "each thread has its own copy"))
