;; A grandchild happens after all that led to it.
;; W x1; fork: (W y1; fork: (R x; R y)).

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $grandchild shared
    (i32.atomic.store8 (i32.const 12)
      (i32.add (i32.load8_u (i32.const 0)) (i32.load8_u (i32.const 4)))))

  (func $child shared
    (i32.store8 (i32.const 4) (i32.const 1))
    (fork $grandchild))

  (func (export "parent") shared (result i32)
    (i32.store8 (i32.const 0) (i32.const 1))
    (fork $child)
    (i32.atomic.load8_u (i32.const 12))))

(invoke $M "parent")

(litmus "fork-chain"
  (forall (or (= main:0:0 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" required "OOPSLA19 Fig. 11, fork"
    "hb is transitive: both stores happen before the grandchild’s loads")
  (verdict "sc" required "OOPSLA19 Fig. 11, fork"
    "the stores come before the forks")
  (outcomes "wasm" "OOPSLA19 Fig. 11, fork"
    (outcome (= main:0:0 (i32.const 0)))
    (outcome (= main:0:0 (i32.const 2))))
  (outcomes "sc" "OOPSLA19 Fig. 11, fork"
    (outcome (= main:0:0 (i32.const 0)))
    (outcome (= main:0:0 (i32.const 2)))))
