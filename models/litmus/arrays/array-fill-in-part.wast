;; array.fill is one event, which two reads may see in part all the same.
;; W a0,a1 at once || R a1 filled; R a0 0.

(module $M shared
  (type $a (shared (array (mut i32))))
  (global $o (shared (ref $a)) (array.new_default $a (i32.const 2)))

  (func (export "t1") shared
    (array.fill $a (global.get $o) (i32.const 0) (i32.const 0x01020304) (i32.const 2)))

  (func (export "t2") shared (result i32 i32)
    (array.get $a (global.get $o) (i32.const 1))
    (array.get $a (global.get $o) (i32.const 0))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "array-fill-in-part"
  (exists (and (= T2:0:0 (i32.const 0x01020304)) (= T2:0:1 (i32.const 0))))
  (verdict "wasm" allowed "OOPSLA19 Fig. 8"
    "the first read does not synchronise with the fill, so the second may take the initial 0")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the fill is before the first read, hence before the second"))
