;; Fields of two structures of one type are different locations.
;; W a.x1 || R b.x.

(module $M shared
  (type $s (shared (struct (field $x (mut i32)))))
  (global $a (shared (ref $s)) (struct.new $s (i32.const 0)))
  (global $b (shared (ref $s)) (struct.new $s (i32.const 5)))

  (func (export "t1") shared
    (struct.set $s $x (global.get $a) (i32.const 1)))

  (func (export "t2") shared (result i32)
    (struct.get $s $x (global.get $b))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "field-objects-apart"
  (forall (= T2:0:0 (i32.const 5)))
  (verdict "wasm" required "OOPSLA19 Fig. 3"
    "locations of different objects never overlap")
  (verdict "sc" required "OOPSLA19 Fig. 3"
    "locations of different objects never overlap"))
