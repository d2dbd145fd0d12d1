;; Publishing a function: its reference may be larger than what the machine accesses atomically.

(module
  (global $handler (shared mut (ref null (shared func))) (ref.null (shared func)))
  (func (export "publish") shared (param $f (ref null (shared func)))
    (global.atomic.set acq_rel $handler (local.get $f))))
