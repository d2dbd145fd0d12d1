;; Increments of two neighbouring bytes: neither loses the other.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw8.add_u (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (i32.atomic.rmw8.add_u (i32.const 1) (i32.const 1)))

  (func (export "final") shared (result i32)
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "RMW+neighbours"
  (forall (= main:0:0 (i32.const 0x0101)))
  (verdict "wasm" required "OOPSLA19 Fig. 16"
    "each byte’s last write happens before the last read and hides the initial byte; no other byte is written")
  (verdict "js-es2018" required "ECMA-262, 9th edition, §27"
    "each byte’s last write happens before the last read and hides the initial byte; no other byte is written")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "an increment of one byte leaves the others as they are"))
