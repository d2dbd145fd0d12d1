;; A thread sleeps on a field and a first-class queue: woken or not equal, it sees what was written before.
;; W x1; Wsc c1; notify q || wait c0 on q; R x0.

(module $M shared
  (type $s (shared (struct (field $c (mut i32)) (field $x (mut i32)))))
  (global $o (shared (ref $s)) (struct.new_default $s))
  (global $q (shared (ref (shared waitqueue))) (waitqueue.new))

  (func (export "sleep") shared (result i32 i32)
    (struct.wait $s $c (global.get $o) (global.get $q) (i32.const 0) (i64.const -1))
    (struct.get $s $x (global.get $o)))

  (func (export "wake") shared (result i32)
    (struct.set $s $x (global.get $o) (i32.const 1))
    (struct.atomic.set seq_cst $s $c (global.get $o) (i32.const 1))
    (waitqueue.notify (global.get $q) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "sleep"))
(thread $T2 (shared (module $M)) (invoke $M "wake"))
(wait $T1)
(wait $T2)

(litmus "queue-struct"
  (exists (= T1:0:1 (i32.const 0)))
  (verdict "wasm" forbidden "shared-everything-threads overview, Managed Waiter Queues"
    "hb-consistent-3: the notify happens before the wake, and the control word synchronises with a wait that is not equal")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: woken or not equal, x is read after it was written")
  (outcomes "wasm" "shared-everything-threads overview, Managed Waiter Queues"
    (outcome (= T1:0:0 (i32.const 0)) (= T1:0:1 (i32.const 1)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T1:0:1 (i32.const 1)) (= T2:0:0 (i32.const 0))))
  (outcomes "sc" "shared-everything-threads overview, Managed Waiter Queues"
    (outcome (= T1:0:0 (i32.const 0)) (= T1:0:1 (i32.const 1)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T1:0:1 (i32.const 1)) (= T2:0:0 (i32.const 0)))))
