;; Must a segment that shared code uses say that it is shared?
;; explicit: yes.  implied: bytes have no share of their own.

(module
  (memory 1 1 shared)
  (data $message "hello")
  (func (export "init") shared
    (memory.init $message (i32.const 0) (i32.const 0) (i32.const 5))))
