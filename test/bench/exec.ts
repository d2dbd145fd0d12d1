import { runCall } from '../../src/exec/sequential.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { func, i32, load } from '../unit/exec/wat.ts';
const SIEVE = `(module (memory 16) (func (export "sieve") (param $n i32) (result i32) (local $i i32) (local $j i32) (local $count i32)
  (local.set $i (i32.const 2))
  (loop $outer
    (if (i32.lt_u (local.get $i) (local.get $n)) (then
      (if (i32.eqz (i32.load8_u (local.get $i))) (then
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (local.set $j (i32.add (local.get $i) (local.get $i)))
        (block $done (loop $inner
          (br_if $done (i32.ge_u (local.get $j) (local.get $n)))
          (i32.store8 (local.get $j) (i32.const 1))
          (local.set $j (i32.add (local.get $j) (local.get $i)))
          (br $inner)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $outer))))
  (local.get $count)))`;
const FIB = `(module (func $fib (export "fib") (param $n i32) (result i32)
  (if (result i32) (i32.lt_u (local.get $n) (i32.const 2)) (then (local.get $n))
   (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1))) (call $fib (i32.sub (local.get $n) (i32.const 2))))))))`;
const options = { readings: DEFAULT_READINGS, fuel: 1e12 };
for (let k = 0; k < 4; k++) {
  const fib = load(FIB);
  const r = runCall(options, func(fib, 'fib'), [i32(27)], fib.store);
  console.log(r.ending, r.milliseconds);
  const sieve = load(SIEVE);
  const q = runCall(options, func(sieve, 'sieve'), [i32(1_000_000)], sieve.store);
  console.log(q.ending, q.milliseconds);
}
