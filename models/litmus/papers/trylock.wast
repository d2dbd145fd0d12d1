;; [Boehm and Adve, PLDI 2008] Who fails to lock knows that the other has locked. In Wasm he also sees what came before that.
;; W x42; Usc y 0->1 || Rsc y1; R x0.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 42))
    (i32.atomic.rmw.cmpxchg (i32.const 4) (i32.const 0) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (i32.atomic.rmw.cmpxchg (i32.const 4) (i32.const 0) (i32.const 2))
    (i32.load (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "trylock"
  (exists (and (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: taking the lock is a seqcst write and failing a seqcst read, so they synchronise; C++ gives no such promise")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: Atomics.compareExchange synchronises both ways")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the message is written before the lock is taken, and read after the other fails to take it"))
