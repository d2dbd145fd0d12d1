;; A compare-exchange on an element expects a reference by identity: a structure equal in contents is another one.
;; CAS a0: another structure of the same contents.

(module $M shared
  (type $s (shared (struct (field i32))))
  (type $a (shared (array (mut (ref null $s)))))
  (global $p (shared (ref $s)) (struct.new $s (i32.const 1)))
  (global $o (shared (ref $a)) (array.new $a (global.get $p) (i32.const 1)))

  (func (export "t1") shared (result i32)
    (ref.eq (global.get $p)
      (array.atomic.rmw.cmpxchg seq_cst $a (global.get $o) (i32.const 0)
        (struct.new $s (i32.const 1))
        (ref.null $s))))

  (func (export "t2") shared (result i32)
    (ref.is_null (array.atomic.get seq_cst $a (global.get $o) (i32.const 0)))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)

(litmus "array-cmpxchg-reference"
  (forall (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0))))
  (verdict "wasm" required "THREADS, Read-Modify-Write"
    "the exchange fails, and a failing one writes nothing")
  (verdict "sc" required "THREADS, Read-Modify-Write"
    "the exchange fails"))
