;; The control word may be an element of an array, of eight bytes.
;; Wsc a1 1; notify q || wait a1 0 on q: asleep for ever.

(module $M shared
  (type $a (shared (array (mut i64))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))
  (global $q (shared (ref (shared waitqueue))) (waitqueue.new))

  (func (export "sleep") shared (result i32)
    (array.wait $a (global.get $o) (global.get $q) (i32.const 1) (i64.const 0) (i64.const -1)))

  (func (export "wake") shared (result i32)
    (array.atomic.set seq_cst $a (global.get $o) (i32.const 1) (i64.const 1))
    (waitqueue.notify (global.get $q) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "sleep"))
(thread $T2 (shared (module $M)) (invoke $M "wake"))
(wait $T1)
(wait $T2)

(litmus "queue-array"
  (exists (deadlock T1:0))
  (verdict "wasm" forbidden "shared-everything-threads overview, Managed Waiter Queues"
    "hb-consistent-3, sc-last-visible-2: a wait after the notify happens after the write of the element, and does not sleep")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a wait after the notify reads the write of the element"))
