;; Taking a lock acquires; its write need not be as strong as its read.

(module
  (memory 1 1 shared)
  (func (export "lock") shared (result i32)
    (i32.atomic.rmw.xchg seq_cst acq_rel (i32.const 0) (i32.const 1))))
