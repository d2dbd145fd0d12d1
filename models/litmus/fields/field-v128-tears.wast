;; A vector field tears: one of two lanes is seen changed.
;; W x (1,0,0,1) || R x (1,0,0,0).

(module $M shared
  (type $s (shared (struct (field $x (mut v128)) (field $y (mut i32)))))
  (global $o (shared (ref $s)) (struct.new_default $s))

  (func (export "t1") shared
    (struct.set $s $x (global.get $o) (v128.const i32x4 1 0 0 1)))

  (func (export "t2") shared (result v128)
    (struct.get $s $x (global.get $o))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-v128-tears"
  (exists (= T2:0:0 (v128.const i32x4 1 0 0 0)))
  (verdict "wasm" allowed "shared-everything-threads overview, Memory Model Considerations"
    "accesses of sixteen bytes are not tear-free")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: a read takes all its bytes from the latest write"))
