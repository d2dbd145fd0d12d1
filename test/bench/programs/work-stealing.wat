;; Threads that take tasks from their own end of a deque, and steal from the other end of another's when they have none left (Chase and Lev,
;; Dynamic Circular Work-Stealing Deque, SPAA 2005, without the growth). Deque d is at 4096 * d: top at +0, bottom at +64, tasks from +128 on,
;; up to 512. From 32768: tasks left (i32), the sum of their results at 32776 (i64), tasks done by thread d at 32800 + 4 * d.
(module
  (memory (export "memory") 1 1 shared)
  (type $unary (shared (func (param i32) (result i32))))
  (type $push (shared (func (param i32 i32))))
  (type $run (shared (func (param i32 i32))))
  (type $task (shared (func (param i32 i32) (result i64))))
  (type $sum (shared (func (result i64))))

  (func $slot (type $unary) (param $i i32) (result i32)
    (i32.shl (i32.and (local.get $i) (i32.const 511)) (i32.const 2)))

  ;; by the owner, or before there is one
  (func $push (export "push") (type $push) (param $d i32) (param $task i32) (local $at i32) (local $b i32)
    (local.set $at (i32.mul (local.get $d) (i32.const 4096)))
    (local.set $b (i32.atomic.load offset=64 (local.get $at)))
    (i32.atomic.store offset=128 (i32.add (local.get $at) (call $slot (local.get $b))) (local.get $task))
    (i32.atomic.store offset=64 (local.get $at) (i32.add (local.get $b) (i32.const 1)))
    (drop (i32.atomic.rmw.add (i32.const 32768) (i32.const 1))))

  ;; by the owner: a task, or -1
  (func $take (type $unary) (param $d i32) (result i32) (local $at i32) (local $b i32) (local $t i32) (local $task i32)
    (local.set $at (i32.mul (local.get $d) (i32.const 4096)))
    (local.set $b (i32.sub (i32.atomic.load offset=64 (local.get $at)) (i32.const 1)))
    (i32.atomic.store offset=64 (local.get $at) (local.get $b))
    (local.set $t (i32.atomic.load (local.get $at)))
    (if (i32.gt_s (local.get $t) (local.get $b)) (then
      (i32.atomic.store offset=64 (local.get $at) (i32.add (local.get $b) (i32.const 1)))
      (return (i32.const -1))))
    (local.set $task (i32.atomic.load offset=128 (i32.add (local.get $at) (call $slot (local.get $b)))))
    (if (i32.eq (local.get $t) (local.get $b)) (then
      (if (i32.ne (local.get $t) (i32.atomic.rmw.cmpxchg (local.get $at) (local.get $t) (i32.add (local.get $t) (i32.const 1))))
        (then (local.set $task (i32.const -1))))
      (i32.atomic.store offset=64 (local.get $at) (i32.add (local.get $b) (i32.const 1)))))
    (local.get $task))

  ;; by anybody: a task, or -1 if there is none or another was faster
  (func $steal (type $unary) (param $d i32) (result i32) (local $at i32) (local $t i32) (local $task i32)
    (local.set $at (i32.mul (local.get $d) (i32.const 4096)))
    (local.set $t (i32.atomic.load (local.get $at)))
    (if (i32.ge_s (local.get $t) (i32.atomic.load offset=64 (local.get $at))) (then (return (i32.const -1))))
    (local.set $task (i32.atomic.load offset=128 (i32.add (local.get $at) (call $slot (local.get $t)))))
    (if (i32.ne (local.get $t) (i32.atomic.rmw.cmpxchg (local.get $at) (local.get $t) (i32.add (local.get $t) (i32.const 1))))
      (then (return (i32.const -1))))
    (local.get $task))

  ;; what a task is: steps of a generator of numbers from its own number on
  (func $work (type $task) (param $task i32) (param $steps i32) (result i64) (local $x i32) (local $sum i64)
    (local.set $x (i32.add (local.get $task) (i32.const 1)))
    (loop $again
      (local.set $x (i32.xor (local.get $x) (i32.shl (local.get $x) (i32.const 13))))
      (local.set $x (i32.xor (local.get $x) (i32.shr_u (local.get $x) (i32.const 17))))
      (local.set $x (i32.xor (local.get $x) (i32.shl (local.get $x) (i32.const 5))))
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $x))))
      (br_if $again (local.tee $steps (i32.sub (local.get $steps) (i32.const 1)))))
    (local.get $sum))

  ;; thread d of two, until no task is left
  (func (export "run") (type $run) (param $d i32) (param $steps i32) (local $task i32)
    (block $done (loop $next
      (br_if $done (i32.eqz (i32.atomic.load (i32.const 32768))))
      (local.set $task (call $take (local.get $d)))
      (if (i32.lt_s (local.get $task) (i32.const 0))
        (then (local.set $task (call $steal (i32.xor (local.get $d) (i32.const 1))))))
      (br_if $next (i32.lt_s (local.get $task) (i32.const 0)))
      (drop (i64.atomic.rmw.add (i32.const 32776) (call $work (local.get $task) (local.get $steps))))
      (drop (i32.atomic.rmw.add offset=32800 (i32.shl (local.get $d) (i32.const 2)) (i32.const 1)))
      (drop (i32.atomic.rmw.sub (i32.const 32768) (i32.const 1)))
      (br $next))))

  (func (export "sum") (type $sum) (i64.atomic.load (i32.const 32776)))
  (func (export "done") (type $unary) (param $d i32) (result i32)
    (i32.atomic.load offset=32800 (i32.shl (local.get $d) (i32.const 2)))))
