;; Message passing by two elements.
;; W a0 1; W a1 1 || R a1 1; R a0 0.

(module $M shared
  (type $a (shared (array (mut i32))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))

  (func (export "t1") shared
    (array.set $a (global.get $o) (i32.const 0) (i32.const 1))
    (array.set $a (global.get $o) (i32.const 1) (i32.const 1)))

  (func (export "t2") shared (result i32 i32)
    (array.get $a (global.get $o) (i32.const 1))
    (array.get $a (global.get $o) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "array-MP"
  (exists (and (= T2:0:0 (i32.const 1)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "shared-everything-threads overview, Memory Model Considerations"
    "unordered accesses do not synchronise")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: element 0 is written before element 1, and element 1 is read before element 0"))
