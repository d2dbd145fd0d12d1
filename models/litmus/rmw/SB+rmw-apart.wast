;; Store buffering with exchanges of different locations between: they order nothing.
;; W x1; Usc z 0->1; R y0 || W y1; Usc w 0->1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32 i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.atomic.rmw.xchg (i32.const 8) (i32.const 1))
    (i32.load (i32.const 4)))

  (func (export "t2") shared (result i32 i32)
    (i32.store (i32.const 4) (i32.const 1))
    (i32.atomic.rmw.xchg (i32.const 12) (i32.const 1))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "SB+rmw-apart"
  (exists (and (= T1:0:0 (i32.const 0)) (= T1:0:1 (i32.const 0)) (= T2:0:0 (i32.const 0)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 16"
    "the exchanges meet nobody, and plain reads and writes are in no axiom on tot")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "the exchanges meet nobody, and plain reads and writes are in no axiom on tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: each read comes before the other thread’s write, which closes a cycle with po"))
