;; A thread-local of eight bytes never tears: no other thread can write it.
;; T1: W mine; R mine || T2: W mine.

(module $M shared
  (global $mine (thread_local mut i64))

  (func (export "t1") shared (result i64)
    (global.set $mine (i64.const 0x1_0000_0001))
    (global.get $mine))

  (func (export "t2") shared
    (global.set $mine (i64.const 0x2_0000_0002))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "local-whole"
  (forall (= T1:0:0 (i64.const 0x1_0000_0001)))
  (verdict "wasm" required "shared-everything-threads overview, Thread-local storage"
    "thread-locals are not in shared state: no access to them is an event")
  (verdict "sc" required "shared-everything-threads overview, Thread-local storage"
    "thread-locals are not in shared state"))
