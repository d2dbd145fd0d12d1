;; Three additions to one element: the last one that main reads is 3.
;; ADD a1 || ADD a1; ADD a1; then a1.

(module $M shared
  (type $a (shared (array (mut i32))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))

  (func (export "add") shared
    (drop (array.atomic.rmw.add seq_cst $a (global.get $o) (i32.const 1) (i32.const 1))))

  (func (export "sum") shared (result i32)
    (array.get $a (global.get $o) (i32.const 1))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "add"))
(thread $T2 (shared (module $M)) (invoke $M "add") (invoke $M "add"))
(wait $T1)
(wait $T2)
(invoke $M "sum")

(litmus "array-add"
  (forall (= main:0:0 (i32.const 3)))
  (verdict "wasm" required "OOPSLA19 Fig. 16"
    "additions are atomic, and the threads’ ends happen before the read")
  (verdict "sc" required "OOPSLA19 Fig. 17"
    "additions are atomic"))
