;; What the parent does after the fork races with its child: the plain store of x and the child's plain load.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (i32.store (i32.const 8) (i32.load (i32.const 0)))
    (i32.atomic.store (i32.const 12) (i32.const 1)))

  (func (export "parent") shared
    (fork $child)
    (i32.store (i32.const 0) (i32.const 42)))

  ;; Waits until the child is done, then fetches what it saw.
  (func (export "collect") shared (result i32)
    (loop $again
      (br_if $again (i32.eqz (i32.atomic.load (i32.const 12)))))
    (i32.load (i32.const 8))))

(invoke $M "parent")
(invoke $M "collect")

(litmus "fork-races-after"
  (exists (= main:1:0 (i32.const 0)))
  (verdict "wasm" allowed "OOPSLA19 Fig. 11, fork"
    "the store after the fork does not happen before the child")
  (verdict "sc" allowed "OOPSLA19 Fig. 11, fork"
    "the child may run before the store"))
