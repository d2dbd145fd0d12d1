import type { ThreadId } from '../../../src/event/location.ts';
import type { ExternVal, HostAsk } from '../../../src/runtime/instance.ts';
import { fn, host, i32 } from '../../unit/semantics/build.ts';

/**
 * Functions in which it shows what each rule does that is no instruction's own: blocks and their ends, calls and returns, exceptions on
 * their way, and the second halves of instructions that ask twice. Operands lie below what happens, and are used after it.
 */
export const CONTROL = `(module
  (import "host" "add" (func $host (param i32 i32) (result i32)))
  (import "host" "ask" (func $ask (param i32) (result i32)))
  (type $chars (array (mut i8)))
  (memory 1 2) (memory $other 1 2) (table $t 4 funcref) (table $u 4 funcref) (tag $e (param i32 i32)) (tag $f)
  (data $d "abcdefgh") (elem $s func $two $two)
  (func $two (param i32 i32) (result i32 i32)
    (i32.const 7) (i32.add (local.get 0) (i32.const 1)) (i32.mul (local.get 1) (i32.const 3)) (br 0))

  (func (export "block") (param i32 i32) (result i32 i32 i32)
    (local.get 0) (local.get 1) (i32.const 5)
    (block (param i32 i32) (result i32 i32)
      (br_if 0 (local.get 0))
      (i32.add) (i32.const 9) (i32.const 4) (br_if 0 (i32.lt_s (local.get 0) (local.get 1))) (i32.sub)))
  (func (export "loop") (param i32 i32) (result i32 i32) (local i32 i32)
    (local.get 0) (local.get 1) (i32.const 3)
    (loop $l (param i32 i32) (result i32)
      (local.set 2) (local.set 3)
      (i32.const 77) (i32.add (local.get 3) (local.get 2)) (i32.sub (local.get 2) (i32.const 1))
      (br_if $l (i32.gt_s (local.get 2) (i32.const 1)))
      (i32.add) (i32.add)))
  (func (export "if") (param i32 i32) (result i32 i32)
    (local.get 0) (local.get 1) (local.get 0)
    (if (param i32) (result i32)
      (then (i32.const 11) (br_if 0 (local.get 1)) (i32.add))
      (else (i32.const 12) (i32.const 13) (br 1))))
  (func (export "if no else") (param i32 i32) (result i32)
    (local.get 1) (i32.and (local.get 0) (i32.const 1)) (if (param i32) (result i32) (then (i32.const 1) (i32.add))))

  (func (export "block once") (param i32) (result i32) (local i32)
    (block (local.set 1 (i32.add (local.get 1) (i32.const 1))) (br_if 0 (i32.le_s (local.get 1) (i32.const 1))) (local.set 1 (local.get 0)))
    (local.get 1))
  (func (export "if once") (param i32) (result i32) (local i32)
    (if (i32.const 1)
      (then (local.set 1 (i32.add (local.get 1) (i32.const 1))) (br_if 0 (i32.le_s (local.get 1) (i32.const 1))) (local.set 1 (local.get 0))))
    (local.get 1))
  (func (export "try once") (param i32) (result i32) (local i32)
    (try_table (local.set 1 (i32.add (local.get 1) (i32.const 1))) (br_if 0 (i32.le_s (local.get 1) (i32.const 1))) (local.set 1 (local.get 0)))
    (local.get 1))
  (func (export "function once") (param i32) (result i32) (local i32)
    (local.set 1 (i32.add (local.get 1) (i32.const 1)))
    (i32.const 5) (br_if 0 (i32.le_s (local.get 1) (i32.const 1))) (drop) (local.get 0))

  (func $throws (param i32 i32) (result i32)
    (local.get 0)
    (block (result i32) (i32.const 21) (throw $e (local.get 0) (local.get 1)))
    (i32.add))
  (func (export "catch") (param i32 i32) (result i32 i32 i32)
    (local.get 1)
    (block $caught (result i32 i32)
      (local.get 0) (local.get 1) (i32.const 6)
      (try_table (param i32 i32) (result i32 i32) (catch $e $caught)
        (br_if 0 (i32.eqz (local.get 0)))
        (call $throws) (i32.const 1))
      (i32.add) (i32.const 31) (br 1)))
  (func (export "catch ref") (param i32 i32) (result i32 i32 i32) (local exnref)
    (local.get 1)
    (block $caught (result i32 i32)
      (i32.const 51)
      (block $first (result i32 i32 exnref)
        (try_table (catch_ref $e $first) (drop (call $throws (local.get 0) (local.get 1))))
        (unreachable))
      (local.set 2) (i32.add) (i32.add) (drop)
      (try_table (catch $e $caught) (throw_ref (local.get 2)))
      (unreachable)))
  (func (export "catch all") (param i32 i32) (result i32)
    (local.get 0)
    (block (try_table (catch_all 0) (drop (call $throws (local.get 0) (local.get 1)))))
    (block (result exnref) (try_table (catch_all_ref 0) (throw $f)) (unreachable))
    (drop) (i32.const 4) (i32.add))
  (func (export "label of try") (param i32 i32) (result i32 i32)
    (local.get 0) (local.get 1) (i32.const 5)
    (try_table (param i32 i32) (result i32)
      (i32.const 3) (br_if 0 (local.get 0)) (drop) (i32.add)))

  (func (export "call") (param i32 i32) (result i32 i32 i32)
    (local.get 0) (local.get 1) (i32.const 8) (local.get 0) (call $two (i32.const 2)) (i32.add) (i32.add))
  (func (export "return") (param i32 i32) (result i32 i32)
    (local.get 0) (block (i32.const 1) (i32.const 2) (local.get 1) (return)) (local.get 0))
  (func (export "host") (param i32 i32) (result i32 i32 i32)
    (local.get 0) (local.get 1) (i32.const 8) (local.get 0) (call $host))
  (func (export "ask") (param i32 i32) (result i32 i32 i32)
    (local.get 0) (local.get 1) (local.get 0) (call $ask))
  (func (export "copy") (param i32 i32) (result i32 i32)
    (i32.store8 (i32.const 1) (local.get 0)) (i32.store8 (i32.const 2) (local.get 1))
    (local.get 0) (local.get 1)
    (memory.copy $other 0 (i32.const 3) (i32.const 1) (i32.const 2)))
  (func (export "copy table") (param i32 i32) (result i32 i32)
    (local.get 0) (local.get 1)
    (table.set $t (i32.const 1) (ref.func $two))
    (table.copy $u $t (i32.const 0) (i32.const 1) (i32.const 2)))
  (func (export "init") (param i32 i32) (result i32 i32)
    (local.get 0) (local.get 1)
    (memory.init $d (i32.const 3) (i32.const 1) (i32.const 2)))
  (func (export "init table") (param i32 i32) (result i32 i32)
    (local.get 0) (local.get 1)
    (table.init $t $s (i32.const 0) (i32.const 1) (i32.const 1)))
  (func (export "new") (param i32 i32) (result i32 i32 i32)
    (local.get 0) (local.get 1) (i32.const 1) (array.new_data $chars $d (i32.const 1) (i32.const 3)) (i32.const 0)
    (array.get_s $chars) (i32.add))
  (func (export "uncaught") (param i32 i32) (result i32)
    (local.get 0) (block (result i32) (i32.const 1) (call $throws (local.get 0) (local.get 1)) (i32.add)) (i32.add)))`;

const asks: HostAsk = {
  request: (_args, _locals, site) => ({ kind: 'join', thread: 1 as ThreadId, site }),
  results: ([a], answer) => [
    i32((a?.type === 'i32' ? a.value : 0) + Number(answer.kind === 'joined' ? BigInt.asIntN(32, answer.code) : 0n)),
  ],
};

export const CONTROL_IMPORTS: Readonly<Record<string, ExternVal>> = {
  add: {
    kind: 'func',
    func: host(
      'add',
      fn(['i32', 'i32'], ['i32']),
      (args) => {
        const [a, b] = args.map((arg) => (arg.type === 'i32' ? arg.value : 0));
        return [i32((a ?? 0) + 2 * (b ?? 0))];
      },
      'unshared',
    ),
  },
  ask: { kind: 'func', func: { ...host('ask', fn(['i32'], ['i32']), () => [], 'unshared'), asks } },
};
