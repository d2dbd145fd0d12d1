;; A test-and-set lock, seqcst: both have it, and yet a count is lost.
;; Each thread tries the lock once and counts if it has it.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; 1 if the lock was free.
  (func $count shared (result i32)
    (if (result i32) (i32.eqz (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1)))
      (then
        (i32.store (i32.const 4) (i32.add (i32.load (i32.const 4)) (i32.const 1)))
        (i32.atomic.store (i32.const 0) (i32.const 0))
        (i32.const 1))
      (else (i32.const 0))))

  (func (export "t1") shared (result i32) (call $count))
  (func (export "t2") shared (result i32) (call $count))
  (func (export "final") shared (result i32) (i32.load (i32.const 4))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "lock"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)) (= main:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "OOPSLA19 Fig. 16"
    "hb-consistent-3: who locks second reads the first one’s unlocking, which synchronises, so the first count hides the initial 0")
  (verdict "js-es2018" forbidden "ECMA-262, 9th edition, §27"
    "hb-consistent-3: who locks second reads the first one’s unlocking, which synchronises, so the first count hides the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the second to lock does so after the first has counted and unlocked")
  (outcomes "wasm" "OOPSLA19 Fig. 16"
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)) (= main:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)) (= main:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)) (= main:0:0 (i32.const 2))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)) (= main:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)) (= main:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)) (= main:0:0 (i32.const 2)))))
