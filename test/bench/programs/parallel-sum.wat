;; A sum over an array in shared memory, each thread a part of it. Total at 0 (i64), numbers from 65536 on.
(module
  (memory (export "memory") 800 800 shared)
  (type $fill (shared (func (param i32))))
  (type $sum (shared (func (param i32 i32) (result i64))))
  (type $total (shared (func (result i64))))

  ;; number i is (i * 2654435761) mod 2^32
  (func (export "fill") (type $fill) (param $n i32) (local $i i32)
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
      (i32.store offset=65536 (i32.shl (local.get $i) (i32.const 2)) (i32.mul (local.get $i) (i32.const 0x9e3779b1)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

  ;; adds numbers from (inclusive) to (exclusive) to the total, and gives their sum
  (func (export "sum") (type $sum) (param $from i32) (param $to i32) (result i64) (local $sum i64)
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
      (local.set $sum (i64.add (local.get $sum)
        (i64.load32_u offset=65536 (i32.shl (local.get $from) (i32.const 2)))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next)))
    (drop (i64.atomic.rmw.add (i32.const 0) (local.get $sum)))
    (local.get $sum))

  (func (export "total") (type $total) (i64.atomic.load (i32.const 0))))
