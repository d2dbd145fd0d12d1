;; A trap of a forked thread ends its own group; another thread of the script goes on.
;; T1: fork: trap || T2: W x1; R x1.

(module $M shared
  (memory (export "mem") 1 1 shared)

  (func $child shared
    (unreachable))

  (func (export "parent") shared
    (fork $child))

  (func (export "other") shared (result i32)
    (i32.store8 (i32.const 0) (i32.const 1))
    (i32.load8_u (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "parent"))
(thread $T2 (shared (module $M)) (invoke $M "other"))
(wait $T1)
(wait $T2)

(litmus "trap-other-group"
  (forall (= T2:0:0 (i32.const 1)))
  (verdict "wasm" required "DOMAIN §7"
    "threads of the script are instances’ users like processes: no fork connects them")
  (verdict "sc" required "DOMAIN §7"
    "no fork connects the two"))
