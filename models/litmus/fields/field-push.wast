;; Two threads push a node on a list by compare-exchange of its head: not both find it empty.
;; CASra head null→a || CASra head null→b, both succeed.

(module $M shared
  (type $node (shared (struct (field $next (ref null (shared eq))))))
  (type $list (shared (struct (field $head (mut (ref null (shared eq)))))))
  (global $l (shared (ref $list)) (struct.new_default $list))

  ;; Whether the list was empty and has the new node now.
  (func (export "push") shared (result i32)
    (ref.is_null
      (struct.atomic.rmw.cmpxchg acq_rel $list $head (global.get $l)
        (ref.null (shared eq))
        (struct.new $node (ref.null (shared eq)))))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "push"))
(thread $T2 (shared (module $M)) (invoke $M "push"))
(wait $T1)
(wait $T2)

(litmus "field-push"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "rmw-atomicity: one of the two exchanges is between the initial null and the other in tot")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: the later exchange reads the earlier one")
  (outcomes "wasm" "proofs-notes/acqrel.md"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0))))
  (outcomes "sc" "OOPSLA19 Fig. 17"
    (outcome (= T1:0:0 (i32.const 0)) (= T2:0:0 (i32.const 1)))
    (outcome (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 0)))))
