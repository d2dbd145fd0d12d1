;; An object that is an argument of fork is seen as its parent left it.
;; NEW o.v1; W o.v2; fork child(o): R o.v.

(module $M shared
  (memory (export "mem") 1 1 shared)
  (type $s (shared (struct (field $v (mut i32)))))

  (func $child shared (param $o (ref $s))
    (i32.atomic.store (i32.const 0) (struct.get $s $v (local.get $o))))

  (func (export "parent") shared (result i32) (local $o (ref $s))
    (local.set $o (struct.new $s (i32.const 1)))
    (struct.set $s $v (local.get $o) (i32.const 2))
    (fork $child (local.get $o))
    (i32.atomic.load (i32.const 0))))

(invoke $M "parent")

(litmus "by-fork"
  (forall (or (= main:0:0 (i32.const 0)) (= main:0:0 (i32.const 2))))
  (verdict "wasm" required "OOPSLA19 Fig. 11, fork"
    "the child happens after the fork, hence after the write of 2")
  (verdict "sc" required "OOPSLA19 Fig. 11, fork"
    "the child happens after the fork"))
