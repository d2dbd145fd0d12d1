import { describe, expect, test } from 'vitest';
import { NOWHERE } from '../../../src/base/span.ts';
import { encodeModule } from '../../../src/binary/encode.ts';
import { equalModules } from '../../../src/syntax/equal.ts';
import { INSTRUCTIONS, type ImmediateShape } from '../../../src/syntax/instructions.ts';
import type { Immediate, MemArg, OrderAnnotation } from '../../../src/syntax/module.ts';
import type { HeapType, RefType } from '../../../src/syntax/types.ts';
import { decoded, moduleOf, parsed } from './bytes.ts';

/** Every row of the instruction table, with immediates of every shape. */

const memarg: MemArg = { memory: 300, offset: 2n ** 40n, align: 8 };
const heap: HeapType = { kind: 'index', type: 200 };
const ref = (nullable: boolean): RefType => ({ kind: 'ref', nullable, heap });
const ORDERS: readonly OrderAnnotation[] = ['seqcst', 'acqrel'];

function samples(shape: ImmediateShape): readonly Immediate[] {
  switch (shape) {
    case 'none':
      return [{ kind: 'none' }];
    case 'memarg':
      return [{ kind: 'memarg', memarg }];
    case 'memarg-lane':
      return [{ kind: 'memarg-lane', memarg, lane: 200 }];
    case 'atomic-memarg':
    case 'rmw-memarg':
      return (['none', ...ORDERS] as const).map((order) => ({ kind: 'atomic-memarg', memarg, order }));
    case 'order':
      return (['none', 'acqrel'] as const).map((order) => ({ kind: 'order', order }));
    case 'order-global':
    case 'rmw-global':
    case 'order-table':
    case 'rmw-table':
    case 'order-type':
    case 'rmw-type':
      return ORDERS.map((order) => ({ kind: 'order-index', order, x: 3000 }));
    case 'order-type-field':
    case 'rmw-type-field':
      return ORDERS.map((order) => ({ kind: 'order-index-pair', order, x: 3000, y: 5 }));
    case 'memory-memory':
    case 'memory-data':
    case 'table-table':
    case 'table-elem':
    case 'table-type':
    case 'type-type':
    case 'type-field':
    case 'type-length':
    case 'type-data':
    case 'type-elem':
      return [{ kind: 'index-pair', x: 7, y: 3000 }];
    case 'labels':
      return [
        { kind: 'labels', labels: [3] },
        { kind: 'labels', labels: [0, 200, 1] },
      ];
    case 'cast-branch':
      return [true, false].flatMap((from) =>
        [true, false].map((to) => ({ kind: 'cast-branch', x: 1, from: ref(from), to: ref(to) }) as const),
      );
    case 'result-types':
      return [null, [], ['i32', ref(true)] as const].map((types) => ({ kind: 'result-types', types }));
    case 'heap-type':
      return [{ kind: 'heap-type', heap }];
    case 'ref-type':
      return [true, false].map((nullable) => ({ kind: 'ref-type', type: ref(nullable) }));
    case 'lanes':
      return [{ kind: 'lanes', lanes: Array.from({ length: 16 }, (_, i) => 31 - i) }];
    case 'v128':
      return [{ kind: 'v128', bytes: Uint8Array.from({ length: 16 }, (_, i) => 255 - i) }];
    case 'i32':
      return [0, -1, 1023, 1024, -257, 2 ** 31 - 1, -(2 ** 31)].map((value) => ({ kind: 'i32', value }));
    case 'i64':
      return [0n, -1n, 63n, 64n, 1024n, -257n, 2n ** 63n - 1n, -(2n ** 63n)].map((value) => ({ kind: 'i64', value }));
    case 'f32':
      return [{ kind: 'f32', bits: 0x7fa00001 }];
    case 'f64':
      return [{ kind: 'f64', bits: 0x7ff4000000000001n }];
    case 'lane':
      return [{ kind: 'index', x: 255 }];
    default:
      return [0, 2047, 2048, 2 ** 32 - 1].map((x) => ({ kind: 'index', x }));
  }
}

describe('the instruction table', () => {
  test('has every opcode once', () => {
    const opcodes = INSTRUCTIONS.flatMap(({ opcode, otherOpcodes = [] }) => [opcode, ...otherOpcodes].map(String));
    expect(new Set(opcodes).size).toBe(opcodes.length);
    for (const structured of [0x02, 0x03, 0x04, 0x05, 0x0b, 0x1f]) expect(opcodes).not.toContain(String(structured));
  });

  test('is written and read, whatever the immediates', () => {
    const empty = parsed('(module (type (func)) (func (type 0)) (data "a"))');
    for (const { mnemonic, immediates } of INSTRUCTIONS)
      for (const imm of samples(immediates)) {
        const body = [{ kind: 'plain', op: mnemonic, imm, at: NOWHERE } as const];
        const module = { ...empty, funcs: empty.funcs.map((func) => ({ ...func, body })) };
        expect(equalModules(decoded(encodeModule(module)), module), `${mnemonic} ${immediates}`).toBe(true);
      }
  });

  test('is read with its other opcodes', () => {
    for (const { mnemonic, otherOpcodes = [], immediates } of INSTRUCTIONS) {
      if (immediates !== 'none') continue;
      for (const [first = 0, second = 0] of otherOpcodes) {
        const code = `01 05 00 ${first.toString(16)} ${second.toString(16).padStart(2, '0')} 1a 0b`;
        const bytes = moduleOf(['01', '01 60 00 00'], ['03', '01 00'], ['0a', code]);
        expect(decoded(bytes).funcs[0]?.body[0]).toMatchObject({ op: mnemonic });
      }
    }
  });
});
