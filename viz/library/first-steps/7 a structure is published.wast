;; A fresh shared structure goes through a global by an unordered write. Is it seen initialised? That is open: choose the readings of “publication”.

(module $M shared
  (type $pair (shared (struct (field (mut i32)) (field (mut i32)))))
  (global $box (export "box") (shared mut (ref null $pair)) (ref.null $pair))

  (func (export "publish") shared
    (global.set $box (struct.new $pair (i32.const 1) (i32.const 2))))

  ;; -1 if there is none yet
  (func (export "look") shared (result i32) (local $p (ref null $pair))
    (local.set $p (global.get $box))
    (if (result i32) (ref.is_null (local.get $p))
      (then (i32.const -1))
      (else (struct.get $pair 1 (local.get $p))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "publish"))
(thread $T2 (shared (module $M)) (invoke $M "look"))
(wait $T1)
(wait $T2)
