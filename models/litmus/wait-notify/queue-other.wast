;; A notification of another queue does not wake the waiter, whatever the control word.
;; wait c0 on q for ever || notify p.

(module $M shared
  (type $s (shared (struct (field $c (mut i32)) (field $x (mut i32)))))
  (global $o (shared (ref $s)) (struct.new_default $s))
  (global $q (shared (ref (shared waitqueue))) (waitqueue.new))
  (global $p (shared (ref (shared waitqueue))) (waitqueue.new))

  (func (export "sleep") shared (result i32 i32)
    (struct.wait $s $c (global.get $o) (global.get $q) (i32.const 0) (i64.const -1))
    (struct.get $s $x (global.get $o)))

  (func (export "wake") shared (result i32)
    (waitqueue.notify (global.get $p) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "sleep"))
(thread $T2 (shared (module $M)) (invoke $M "wake"))
(wait $T1)
(wait $T2)

(litmus "queue-other"
  (forall (and (deadlock T1:0) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" required "shared-everything-threads overview, Managed Waiter Queues"
    "a waiter is in the queue that it named")
  (verdict "sc" required "shared-everything-threads overview, Managed Waiter Queues"
    "a waiter is in the queue that it named"))
