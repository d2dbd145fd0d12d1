;; A fresh structure reaches another thread by an unordered write of a global: may its field be seen uninitialised?

(module $M shared
  (type $s (shared (struct (field (mut i32)))))
  (global $g (export "g") (shared mut (ref null $s)) (ref.null $s))

  (func (export "publish") shared
    (global.set $g (struct.new $s (i32.const 1))))

  (func (export "read") shared (result i32) (local $r (ref null $s))
    (local.set $r (global.get $g))
    (if (result i32) (ref.is_null (local.get $r))
      (then (i32.const -1))
      (else (struct.get $s 0 (local.get $r))))))

(register "M")
(thread $T1 (shared (module $M)) (invoke $M "publish"))
(thread $T2 (shared (module $M)) (invoke $M "read"))
(wait $T1)
(wait $T2)

(litmus "publication"
  (exists (= T2:0:0 (i32.const 0))))
