;; A thread-local global that starts with something else than its type's default.
;; default: not valid.  non-allocating: valid, nothing is allocated.  constant: valid.
;; The second module allocates a structure for every thread: only `constant` takes it.

(module
  (global $next (export "next") (thread_local mut i32) (i32.const 1)))

(module
  (type $state (shared (struct (field (mut i32)))))
  (global $state (export "state") (thread_local mut (ref null $state)) (struct.new_default $state)))
