;; [Batty et al., ESOP 2015] The same where the other thread writes 42 on both branches: a compiler may see that it writes it anyway.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 0)))
    (if (i32.eq (local.get $r) (i32.const 42))
      (then (i32.store (i32.const 4) (local.get $r))))
    (local.get $r))

  (func (export "t2") shared (result i32) (local $r i32)
    (local.set $r (i32.load (i32.const 4)))
    (if (i32.eq (local.get $r) (i32.const 42))
      (then (i32.store (i32.const 0) (i32.const 42)))
      (else (i32.store (i32.const 0) (i32.const 42))))
    (local.get $r)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "LB+ctrldata+ctrl-double"
  (exists (and (= T1:0:0 (i32.const 42)) (= T2:0:0 (i32.const 42))))
  (verdict "wasm" allowed "DOMAIN §4, thin-air=grounded"
    "42 is written on either branch, so it does not depend on itself")
  (verdict "js-es2018" allowed "DOMAIN §4, thin-air=grounded"
    "42 is written on either branch, so it does not depend on itself")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: Wx42, Rx42, Wy42, Ry42 is one chain, and Ry42 comes before Wx42"))
