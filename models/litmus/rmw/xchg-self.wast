;; An exchange reads the value that it writes.
;; Usc x 1->1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.atomic.rmw.xchg (i32.const 0) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(wait $T1)

(litmus "xchg-self"
  (exists (= T1:0:0 (i32.const 1)))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16, evR ≠ evW; THREADS relaxed.rst, reads-from"
    "no execution: no event reads from itself")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "no execution: no event reads from itself")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: nobody else writes 1"))
