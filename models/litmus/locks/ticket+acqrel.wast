;; A ticket lock, acqrel: both are served, and yet a count is lost.
;; Each thread draws a ticket and counts if it is being served.

(module $M shared
  (memory (export "mem") 1 1 shared)

  ;; The next ticket at 0, the one served at 4, the count at 8. 1 if the thread was served.
  (func $count shared (result i32) (local $mine i32)
    (local.set $mine (i32.atomic.rmw.add acq_rel (i32.const 0) (i32.const 1)))
    (if (result i32) (i32.eq (i32.atomic.load acq_rel (i32.const 4)) (local.get $mine))
      (then
        (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))
        (i32.atomic.store acq_rel (i32.const 4) (i32.add (local.get $mine) (i32.const 1)))
        (i32.const 1))
      (else (i32.const 0))))

  (func (export "t1") shared (result i32) (call $count))
  (func (export "t2") shared (result i32) (call $count))
  (func (export "final") shared (result i32) (i32.load (i32.const 8))))

(register "M")

(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)
(invoke $M "final")

(litmus "ticket+acqrel"
  (exists (and (= T1:0:0 (i32.const 1)) (= T2:0:0 (i32.const 1)) (= main:0:0 (i32.const 1))))
  (verdict "wasm" forbidden "proofs-notes/acqrel.md"
    "hb-consistent-3: ticket 1 is served when it acquires what ticket 0 released after its count")
  (verdict "js-es2018" allowed "ECMA-262, 9th edition, §27"
    "acq_rel counts as unordered in JavaScript: nothing synchronises")
  (verdict "sc" forbidden "OOPSLA19 Fig. 17"
    "sc-latest: ticket 1 is served after ticket 0 has counted"))
