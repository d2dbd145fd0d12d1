;; Threads that wait on different fields share a queue: a notification wakes whoever came first.
;; wait c0 on q || wait x0 on q || notify q 1: both woken.

(module $M shared
  (type $s (shared (struct (field $c (mut i32)) (field $x (mut i32)))))
  (global $o (shared (ref $s)) (struct.new_default $s))
  (global $q (shared (ref (shared waitqueue))) (waitqueue.new))

  (func (export "sleep-c") shared (result i32)
    (struct.wait $s $c (global.get $o) (global.get $q) (i32.const 0) (i64.const -1)))

  (func (export "sleep-x") shared (result i32)
    (struct.wait $s $x (global.get $o) (global.get $q) (i32.const 0) (i64.const -1)))

  (func (export "wake") shared (result i32)
    (waitqueue.notify (global.get $q) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "sleep-c"))
(thread $T2 (shared (module $M)) (invoke $M "sleep-x"))
(thread $T3 (shared (module $M)) (invoke $M "wake"))
(wait $T1)
(wait $T2)
(wait $T3)

(litmus "queue-two-words"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" forbidden "shared-everything-threads overview, Managed Waiter Queues"
    "no execution: one notification of one waiter wakes one")
  (verdict "sc" forbidden "shared-everything-threads overview, Managed Waiter Queues"
    "no execution: one notification of one waiter wakes one")
  (outcomes "wasm" "shared-everything-threads overview, Managed Waiter Queues"
    (outcome (= T1:0:0 (i32.const 0)) (deadlock T2:0) (= T3:0:0 (i32.const 1)))
    (outcome (deadlock T1:0) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 1)))
    (outcome (deadlock T1:0) (deadlock T2:0) (= T3:0:0 (i32.const 0))))
  (outcomes "sc" "shared-everything-threads overview, Managed Waiter Queues"
    (outcome (= T1:0:0 (i32.const 0)) (deadlock T2:0) (= T3:0:0 (i32.const 1)))
    (outcome (deadlock T1:0) (= T2:0:0 (i32.const 0)) (= T3:0:0 (i32.const 1)))
    (outcome (deadlock T1:0) (deadlock T2:0) (= T3:0:0 (i32.const 0)))))
