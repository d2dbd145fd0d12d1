;; A thread-local passes no messages: the flag that one thread sets is not the one that the other reads.
;; T1: W x1; W mine 1 || T2: R mine 1.

(module $M shared
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (global $mine (thread_local mut i32))

  (func (export "t1") shared
    (global.set $x (i32.const 1))
    (global.set $mine (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (global.get $mine)
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "local-no-flag"
  (exists (= T2:0:0 (i32.const 1)))
  (verdict "wasm" forbidden "shared-everything-threads overview, Thread-local storage"
    "no execution: a thread reads its own copy, which nobody else writes")
  (verdict "sc" forbidden "shared-everything-threads overview, Thread-local storage"
    "no execution: a thread reads its own copy")
  (outcomes "wasm" "shared-everything-threads overview, Thread-local storage"
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 1))))
  (outcomes "sc" "shared-everything-threads overview, Thread-local storage"
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0)))
    (outcome (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 1)))))
