;; The control word may be a slot of a table, compared by identity.
;; Wsc t0 set; notify q || wait t0 null on q: asleep for ever.

(module $M shared
  (table $t (export "t") shared 1 1 (ref null (shared eq)))
  (global $q (shared (ref (shared waitqueue))) (waitqueue.new))

  (func (export "sleep") shared (result i32)
    (table.wait $t (global.get $q) (i32.const 0) (ref.null (shared eq)) (i64.const -1)))

  (func (export "wake") shared (result i32)
    (table.atomic.set seq_cst $t (i32.const 0) (ref.i31_shared (i32.const 1)))
    (waitqueue.notify (global.get $q) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "sleep"))
(thread $T2 (shared (module $M)) (invoke $M "wake"))
(wait $T1)
(wait $T2)

(litmus "queue-table"
  (exists (deadlock T1:0))
  (verdict "wasm" forbidden "shared-everything-threads overview, Managed Waiter Queues"
    "hb-consistent-3, sc-last-visible-2: a wait after the notify happens after the write of the slot, and does not sleep")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a wait after the notify reads the write of the slot"))
