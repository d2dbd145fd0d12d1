;; A fresh structure reaches another thread by an unordered write of a global. May its field be seen uninitialised? And is what was
;; written before it was allocated seen with it?

(module $M shared
  (type $s (shared (struct (field (mut i32)))))
  (global $x (export "x") (shared mut i32) (i32.const 0))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))

  (func (export "publish") shared
    (global.set $x (i32.const 1))
    (global.set $g (struct.new $s (i32.const 1))))

  (func (export "read") shared (result i32 i32) (local $r (ref null $s))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $s 0 (local.get $r))))
    (global.get $x)))

(register "M")
(thread $T1 (shared (module $M)) (invoke $M "publish"))
(thread $T2 (shared (module $M)) (invoke $M "read"))
(wait $T1)
(wait $T2)

(litmus "publication"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0)))))
