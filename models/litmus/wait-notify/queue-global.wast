;; The control word may be a global.
;; Wsc g1; notify q || wait g0 on q: asleep for ever.

(module $M shared
  (global $g (export "g") (shared mut i32) (i32.const 0))
  (global $q (shared (ref (shared waitqueue))) (waitqueue.new))

  (func (export "sleep") shared (result i32)
    (global.wait $g (global.get $q) (i32.const 0) (i64.const -1)))

  (func (export "wake") shared (result i32)
    (global.atomic.set seq_cst $g (i32.const 1))
    (waitqueue.notify (global.get $q) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "sleep"))
(thread $T2 (shared (module $M)) (invoke $M "wake"))
(wait $T1)
(wait $T2)

(litmus "queue-global"
  (exists (deadlock T1:0))
  (verdict "wasm" forbidden "shared-everything-threads overview, Managed Waiter Queues"
    "hb-consistent-3, sc-last-visible-2: a wait after the notify happens after the write of g, and does not sleep")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a wait after the notify reads the write of g"))
