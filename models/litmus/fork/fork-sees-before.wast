;; A forked child happens after its fork: it sees all that its parent wrote before.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (i32.store (i32.const 8) (i32.load (i32.const 0)))
    (i32.atomic.store (i32.const 12) (i32.const 1)))

  (func (export "parent") shared
    (i32.store (i32.const 0) (i32.const 42))
    (fork $child))

  ;; Waits until the child is done, then fetches what it saw.
  (func (export "collect") shared (result i32)
    (loop $again
      (br_if $again (i32.eqz (i32.atomic.load (i32.const 12)))))
    (i32.load (i32.const 8))))

(invoke $M "parent")
(invoke $M "collect")

(litmus "fork-sees-before"
  (forall (= main:1:0 (i32.const 42)))
  (verdict "wasm" required "OOPSLA19 Fig. 11, fork"
    "the store happens before the fork, and that before the child")
  (verdict "sc" required "OOPSLA19 Fig. 11, fork"
    "the store is before the fork"))
