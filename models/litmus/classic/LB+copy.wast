;; Load buffering that copies what it reads: 42 would come out of thin air.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 0)))
    (i32.store (i32.const 4) (local.get $r))
    (local.get $r))

  (func (export "t2") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 4)))
    (i32.store (i32.const 0) (local.get $r))
    (local.get $r)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB+copy"
  (forall (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" required "DOMAIN §4, thin-air=grounded"
    "every value copied must have come from somewhere: 42 or any other would justify itself")
  (verdict "js-es2018" required "DOMAIN §4, thin-air=grounded"
    "every value copied must have come from somewhere: 42 or any other would justify itself")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "an interleaving reads only what was written, and only 0 is"))
