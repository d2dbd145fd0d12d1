;; A local belongs to one thread: may a shared function have an unshared one?

(module
  (func (export "f") shared (local anyref)))
