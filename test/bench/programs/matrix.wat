;; The product of two n by n matrices of f64, and a checksum of it: floats and their loads.
(module
  (memory 64)
  (func $at (param $base i32) (param $n i32) (param $row i32) (param $column i32) (result i32)
    (i32.add
      (local.get $base)
      (i32.shl (i32.add (i32.mul (local.get $row) (local.get $n)) (local.get $column)) (i32.const 3))))
  (func $fill (param $base i32) (param $count i32) (param $step f64) (local $i i32)
    (loop $next
      (f64.store
        (i32.add (local.get $base) (i32.shl (local.get $i) (i32.const 3)))
        (f64.mul (local.get $step) (f64.convert_i32_s (i32.rem_u (local.get $i) (i32.const 17)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $count)))))
  (func (export "run") (param $n i32) (result i32)
    (local $size i32) (local $i i32) (local $j i32) (local $k i32) (local $b i32) (local $c i32) (local $sum f64) (local $total f64)
    (local.set $size (i32.mul (local.get $n) (local.get $n)))
    (local.set $b (i32.shl (local.get $size) (i32.const 3)))
    (local.set $c (i32.shl (local.get $size) (i32.const 4)))
    (call $fill (i32.const 0) (local.get $size) (f64.const 0.5))
    (call $fill (local.get $b) (local.get $size) (f64.const -0.25))
    (loop $rows
      (local.set $j (i32.const 0))
      (loop $columns
        (local.set $sum (f64.const 0))
        (local.set $k (i32.const 0))
        (loop $inner
          (local.set $sum
            (f64.add
              (local.get $sum)
              (f64.mul
                (f64.load (call $at (i32.const 0) (local.get $n) (local.get $i) (local.get $k)))
                (f64.load (call $at (local.get $b) (local.get $n) (local.get $k) (local.get $j))))))
          (local.set $k (i32.add (local.get $k) (i32.const 1)))
          (br_if $inner (i32.lt_u (local.get $k) (local.get $n))))
        (f64.store (call $at (local.get $c) (local.get $n) (local.get $i) (local.get $j)) (local.get $sum))
        (local.set $total (f64.add (f64.mul (local.get $total) (f64.const 0.5)) (local.get $sum)))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $columns (i32.lt_u (local.get $j) (local.get $n))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $rows (i32.lt_u (local.get $i) (local.get $n))))
    (i32.trunc_sat_f64_s (f64.mul (local.get $total) (f64.const 1024)))))
