;; A growth that fails for want of room synchronises with the one that took it.
;; W x1; grow || grow -1; R x0.

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "store-then-grow") shared
    (i32.store (i32.const 0) (i32.const 1))
    (drop (memory.grow (i32.const 1))))

  (func (export "grow-then-load") shared (result i32 i32)
    (memory.grow (i32.const 1))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "store-then-grow"))
(thread $T2 (shared (module $M)) (invoke $M "grow-then-load"))
(wait $T1)
(wait $T2)

(litmus "failing-grow-sees"
  (exists (and (= T2:0:0 (i32.const -1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "DOMAIN §3"
    "hb-consistent-3: a failing growth is a seqcst read of the length, so the store hides the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: a failing growth is a seqcst read of the length, so the store hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the store is before the growth, and that before the failing one"))
