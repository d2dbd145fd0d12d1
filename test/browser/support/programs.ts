/** Store buffering on plain accesses: four outcomes, one of them weak. */
export const SB = `(module $M shared (memory (export "mem") 1 1 shared)
  (func (export "t1") shared (result i32) (i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 4)))
  (func (export "t2") shared (result i32) (i32.store (i32.const 4) (i32.const 1)) (i32.load (i32.const 0))))
(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)`;
