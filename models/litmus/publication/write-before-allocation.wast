;; What was written before the object was allocated is not published with it.
;; W x1; NEW o.v1; W g o || R g o; R o.v 1; R x0. (publication=synchronising forbids it.)

(module $M shared
  (type $s (shared (struct (field $v (mut i32)))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))
  (global $x (export "x") (shared mut i32) (i32.const 0))

  (func (export "t1") shared
    (global.set $x (i32.const 1))
    (global.set $g (struct.new $s (i32.const 1))))

  (func (export "t2") shared (result i32 i32) (local $r (ref null $s))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $s $v (local.get $r))))
    (global.get $x)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "write-before-allocation"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "shared-everything-threads, issue 109"
    "the allocation happens before the read of the field, but the write of x does not")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: x is written before the publication, and the publication is read before x"))
