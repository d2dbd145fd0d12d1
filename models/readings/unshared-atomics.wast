;; An atomic access to a memory that no other thread can reach.
;; allow: valid, as in the threads proposal.  reject: seqcst is valid only on shared objects [OOPSLA19, Fig. 21].

(module
  (memory 1)
  (func (export "load") (result i32)
    (i32.atomic.load (i32.const 0))))
