;; A fresh wait queue that was passed on without order can be notified.
;; NEW q; W g q || R g q; notify q.

(module $M shared
  (global $g (export "g") (shared mut (ref null (shared waitqueue))) (ref.null (shared waitqueue)))

  (func (export "t1") shared
    (global.set $g (waitqueue.new)))

  (func (export "t2") shared (result i32) (local $r (ref null (shared waitqueue)))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const 0))
      (else (waitqueue.notify (local.get $r) (i32.const 1))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "waitqueue"
  (forall (= T2:0:0 (i32.const 0)))
  (verdict "wasm" required "shared-everything-threads overview, Memory Model Considerations"
    "a wait queue has no contents that could be missing")
  (verdict "sc" required "shared-everything-threads overview, Memory Model Considerations"
    "a wait queue has no contents that could be missing"))
