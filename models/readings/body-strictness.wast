;; An unshared reference never leaves this shared function: may its body handle one?
;; strict: no, ref.null pushes a value that is not valid as shared.  relaxed: yes, only indices must be shared.

(module
  (func (export "is-null") shared (result i32)
    (ref.is_null (ref.null func))))
