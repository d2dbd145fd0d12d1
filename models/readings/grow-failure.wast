;; May growth fail although the maximum allows it?

(module $M shared
  (memory (export "mem") 1 2 shared)
  (func (export "grow") shared (result i32)
    (memory.grow (i32.const 1))))

(register "M")
(thread $T1 (shared (module $M)) (invoke $M "grow"))
(wait $T1)

(litmus "grow-failure"
  (exists (= T1:0:0 (i32.const -1))))
