;; fork takes its callee's parameters from the stack: fork $f : [t*] -> [] for a shared $f : [t*] -> [].

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared (param $a i32) (param $b i64)
    (i32.store (i32.const 8) (i32.add (local.get $a) (i32.wrap_i64 (local.get $b))))
    (i32.atomic.store (i32.const 12) (i32.const 1)))

  (func (export "parent") shared
    (fork $child (i32.const 30) (i64.const 12)))

  ;; Waits until the child is done, then fetches what it saw.
  (func (export "collect") shared (result i32)
    (loop $again
      (br_if $again (i32.eqz (i32.atomic.load (i32.const 12)))))
    (i32.load (i32.const 8))))

(invoke $M "parent")
(invoke $M "collect")

(litmus "fork-arguments"
  (forall (= main:1:0 (i32.const 42)))
  (verdict "wasm" required "OOPSLA19 Fig. 10 and 21, fork"
    "the child gets the operands, and its store happens before whoever sees its flag")
  (verdict "sc" required "OOPSLA19 Fig. 10 and 21, fork"
    "the child gets the operands"))
