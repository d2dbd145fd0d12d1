;; Counting in a byte.

(module
  (type $counter (shared (struct (field $n (mut i8)))))
  (func (export "increment") (type $increment) (param $c (ref $counter)) (result i32)
    (struct.atomic.rmw.add seq_cst $counter $n (local.get $c) (i32.const 1)))
  (type $increment (shared (func (param (ref $counter)) (result i32)))))
