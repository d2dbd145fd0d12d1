;; A compare-exchange on a reference, by identity: of two threads that expect null, one succeeds.
;; CAS x null→1 || CAS x null→2, both from null.

(module $M shared
  (global $x (export "x") (shared mut (ref null (shared eq))) (ref.null (shared eq)))

  (func (export "t1") shared (result (ref null (shared eq)))
    (global.atomic.rmw.cmpxchg seq_cst $x (ref.null (shared eq)) (ref.i31_shared (i32.const 1))))

  (func (export "t2") shared (result (ref null (shared eq)))
    (global.atomic.rmw.cmpxchg seq_cst $x (ref.null (shared eq)) (ref.i31_shared (i32.const 2)))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "global-cmpxchg-reference"
  (exists (and (= T1:0:0 (ref.null)) (= T2:0:0 (ref.null))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "sc-last-visible-2: one of the two updates is between the initial null and the other in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later exchange reads the earlier one"))
