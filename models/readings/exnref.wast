;; May a handler for exceptions of unshared code hold one of shared code?

(module
  (func (export "as-unshared") (param $e (ref null (shared exn))) (result exnref)
    (local.get $e)))
