;; [Svendsen et al., ESOP 2018] One thread copies, the other adds 1: no cycle of values closes, so the first sees 0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32) (local $r i32)
    (local.set $r (i32.load8_u (i32.const 0)))
    (i32.store8 (i32.const 4) (i32.add (local.get $r) (i32.const 1)))
    (local.get $r))

  (func (export "t2") shared (result i32) (local $r i32)
    (local.set $r (i32.load8_u (i32.const 4)))
    (i32.store8 (i32.const 0) (local.get $r))
    (local.get $r)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "RNG"
  (exists (and (= T1:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "no execution: 1 in x is 1 in y, which is a 0 read from x")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "no execution: 1 in x is 1 in y, which is a 0 read from x")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: nobody writes x before the first thread has read it and y is written"))
