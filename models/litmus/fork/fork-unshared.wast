;; Forking an unshared function is a type error [OOPSLA19 Fig. 21]: the child could reach the parent's unshared state.

(assert_invalid
  (module
    (memory 1)
    (func $child (drop (i32.load (i32.const 0))))
    (func (export "parent") (fork $child)))
  "fork requires a shared function")
