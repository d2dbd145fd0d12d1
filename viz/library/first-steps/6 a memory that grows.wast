;; One thread grows the memory, the other writes to the new page: in bounds or not, and what does it find of the size afterwards?

(module $M shared
  (memory (export "mem") 1 2 shared)

  (func (export "grow") shared (result i32)
    (memory.grow (i32.const 1)))

  (func (export "use") shared (result i32)
    (i32.store (i32.const 65536) (i32.const 7))
    (memory.size)))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "grow"))
(thread $T2 (shared (module $M)) (invoke $M "use"))
(wait $T1)
(wait $T2)
