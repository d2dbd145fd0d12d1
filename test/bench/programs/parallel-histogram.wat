;; How often each byte comes up among mixed numbers; all threads count in the same 256 bins, from 0 on.
(module
  (memory (export "memory") 1 1 shared)
  (type $count (shared (func (param i32 i32))))
  (type $bin (shared (func (param i32) (result i32))))

  ;; one step of a generator of numbers, several times over
  (func $mix (type $bin) (param $x i32) (result i32) (local $k i32)
    (loop $again
      (local.set $x (i32.xor (local.get $x) (i32.shl (local.get $x) (i32.const 13))))
      (local.set $x (i32.xor (local.get $x) (i32.shr_u (local.get $x) (i32.const 17))))
      (local.set $x (i32.xor (local.get $x) (i32.shl (local.get $x) (i32.const 5))))
      (br_if $again (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (i32.const 16))))
    (local.get $x))

  ;; counts the numbers of from (inclusive) to (exclusive)
  (func (export "count") (type $count) (param $from i32) (param $to i32)
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
      (drop (i32.atomic.rmw.add
        (i32.shl (i32.and (call $mix (i32.add (local.get $from) (i32.const 1))) (i32.const 255)) (i32.const 2))
        (i32.const 1)))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next))))

  (func (export "bin") (type $bin) (param $b i32) (result i32)
    (i32.atomic.load (i32.shl (local.get $b) (i32.const 2)))))
