import { NOWHERE } from '../../../../src/base/span.ts';
import { INSTRUCTIONS, type ImmediateShape, type InstructionRow } from '../../../../src/syntax/instructions.ts';
import type { Expr, Immediate, Module } from '../../../../src/syntax/module.ts';
import type { FieldType, StorageType } from '../../../../src/syntax/types.ts';
import { index, pair, plain } from './environment.ts';
import { hasInstruction } from './features.ts';
import { isAtomicAccess, widthOf } from './instances.ts';
import { abstract, refTo } from './matching.ts';
import {
  anyhow,
  anyhowInstr,
  counts,
  functionTypes,
  globalTypes,
  memoryTypes,
  type Miss,
  miss,
  type Place,
  withCode,
  withComp,
} from './near-miss-places.ts';

/** Instructions whose immediates break a premise; operands are left to an unreachable stack. */

function rows({ features }: Place, holds: (row: InstructionRow) => boolean): InstructionRow[] {
  return INSTRUCTIONS.filter((row) => hasInstruction(features, row) && holds(row));
}

/** One more than any index of a small module. */
const BEYOND = 100_000;

const ORDER = { order: 'seqcst' } as const;

/** An immediate of a shape whose first index (the last, of a pair of a known and an unknown thing) is `x`; null if the shape has no index. */
function beyond(shape: ImmediateShape, x: number): Immediate | null {
  switch (shape) {
    case 'local':
    case 'global':
    case 'func':
    case 'table':
    case 'memory':
    case 'tag':
    case 'elem':
    case 'data':
    case 'label':
    case 'type':
      return index(x);
    case 'memory-memory':
    case 'table-table':
    case 'memory-data':
    case 'table-elem':
    case 'type-field':
    case 'type-type':
    case 'type-data':
    case 'type-elem':
      return pair(x, x);
    case 'table-type':
      return pair(x, x);
    case 'type-length':
      return pair(x, 1);
    case 'order-global':
    case 'rmw-global':
    case 'order-table':
    case 'rmw-table':
    case 'order-type':
    case 'rmw-type':
      return { kind: 'order-index', ...ORDER, x };
    case 'order-type-field':
    case 'rmw-type-field':
      return { kind: 'order-index-pair', ...ORDER, x, y: 0 };
    case 'labels':
      return { kind: 'labels', labels: [x] };
    case 'heap-type':
      return { kind: 'heap-type', heap: { kind: 'index', type: x } };
    case 'ref-type':
      return { kind: 'ref-type', type: { kind: 'ref', nullable: true, heap: { kind: 'index', type: x } } };
    default:
      return null;
  }
}

function unknownIndex(place: Place): Module | null {
  const row = place.c.pick(rows(place, ({ immediates }) => beyond(immediates, BEYOND) !== null));
  const imm = beyond(row.immediates, BEYOND);
  if (imm === null || (imm.kind !== 'index' && !place.features.gc && row.immediates.startsWith('heap'))) return null;
  return withCode(place, anyhow(row.mnemonic, imm));
}

/** A memory access with a memarg of our own. */
function memoryAccess(
  place: Place,
  holds: (row: InstructionRow) => boolean,
  change: 'bigger' | 'other' | 'offset' | 'lane' | 'unknown',
): Module | null {
  const { c, module } = place;
  const memories = memoryTypes(module);
  const narrow = memories.flatMap((mt, i) => (mt.addr === 'i32' ? [i] : []));
  const memory =
    change === 'unknown' ? counts(module).memories : c.maybe(change === 'offset' ? narrow : memories.map((_, i) => i));
  if (memory === null) return null;
  if (change === 'unknown' && memory > 0 && !place.features.multiMemory) return null;
  const row = c.pick(rows(place, (r) => r.immediates.includes('memarg') && holds(r)));
  const natural = widthOf(row);
  let align = natural;
  if (change === 'bigger') align = natural * 2;
  if (change === 'other') align = natural === 1 ? 2 : c.pick([natural / 2, natural * 2]);
  const memarg = { memory, offset: change === 'offset' ? 1n << 32n : 0n, align };
  const lane = change === 'lane' ? 16 / natural : 0;
  const imm: Immediate =
    row.immediates === 'memarg'
      ? { kind: 'memarg', memarg }
      : row.immediates === 'memarg-lane'
        ? { kind: 'memarg-lane', memarg, lane }
        : { kind: 'atomic-memarg', memarg, order: 'none' };
  return withCode(place, anyhow(row.mnemonic, imm));
}

/** A module with a struct and an array type of one field, and code on them. */
function onField(place: Place, field: FieldType, code: (struct: number, array: number) => Expr): Module {
  const struct = withComp(place.module, { kind: 'struct', fields: [field] });
  const array = withComp(struct.module, { kind: 'array', field });
  return withCode(place, code(struct.x, array.x), 'unshared', array.module);
}

const mut = (storage: StorageType): FieldType => ({ mutable: true, storage });
const fixed = (storage: StorageType): FieldType => ({ mutable: false, storage });

function writeImmutable(place: Place): Module {
  const { c } = place;
  return onField(place, fixed('i32'), (s, a) =>
    c.pick([
      anyhow('struct.set', pair(s, 0)),
      anyhow('array.set', index(a)),
      anyhow('array.fill', index(a)),
      anyhow('array.copy', pair(a, a)),
    ]),
  );
}

function getPacked(place: Place): Module {
  const { c } = place;
  if (c.chance(1, 2))
    return onField(place, mut(c.pick(['i8', 'i16'] as const)), (s, a) =>
      c.pick([anyhow('struct.get', pair(s, 0)), anyhow('array.get', index(a))]),
    );
  return onField(place, mut(c.pick(['i32', 'f64', refTo('any')] as const)), (s, a) =>
    c.pick([
      anyhow('struct.get_s', pair(s, 0)),
      anyhow('struct.get_u', pair(s, 0)),
      anyhow('array.get_s', index(a)),
      anyhow('array.get_u', index(a)),
    ]),
  );
}

function noDefault(place: Place): Module {
  return onField(place, mut(refTo('i31', 'unshared', false)), (s, a) =>
    place.c.pick([anyhow('struct.new_default', index(s)), anyhow('array.new_default', index(a))]),
  );
}

/** A type instruction on a type of another kind. */
function otherKind(place: Place): Module {
  const { c } = place;
  const func = withComp(place.module, { kind: 'func', params: [], results: [] });
  return onField({ ...place, module: func.module }, mut('i32'), (s, a) =>
    c.pick([
      anyhow('struct.get', pair(a, 0)),
      anyhow('struct.set', pair(func.x, 0)),
      anyhow('struct.new', index(a)),
      anyhow('struct.new_default', index(func.x)),
      anyhow('array.get', index(s)),
      anyhow('array.new', index(func.x)),
      anyhow('array.new_fixed', pair(s, 1)),
      anyhow('array.copy', pair(s, a)),
      anyhow('array.copy', pair(a, s)),
      anyhow('call_ref', index(s)),
      anyhowInstr({ kind: 'block', label: null, type: { kind: 'type', type: a }, body: [], at: NOWHERE }),
    ]),
  );
}

function atomicOnOtherField(place: Place): Module {
  const { c } = place;
  const storage: StorageType = c.pick(['f32', 'f64', refTo('func'), refTo('extern')] as const);
  const packed: StorageType = c.pick(['i8', 'i16'] as const);
  const imm = (x: number): Immediate => ({ kind: 'order-index-pair', ...ORDER, x, y: 0 });
  const arrayImm = (x: number): Immediate => ({ kind: 'order-index', ...ORDER, x });
  if (c.chance(1, 2)) {
    const ops = ['rmw.add', 'rmw.sub', 'rmw.and', 'rmw.or', 'rmw.xor', 'rmw.xchg', 'rmw.cmpxchg', 'get'];
    return onField(place, mut(packed), (s, a) =>
      c.pick([anyhow(`struct.atomic.${c.pick(ops)}`, imm(s)), anyhow(`array.atomic.${c.pick(ops)}`, arrayImm(a))]),
    );
  }
  const ops = ['get', 'set', 'rmw.add', 'rmw.xchg', 'rmw.cmpxchg', 'get_s'];
  return onField(place, mut(storage), (s, a) =>
    c.pick([anyhow(`struct.atomic.${c.pick(ops)}`, imm(s)), anyhow(`array.atomic.${c.pick(ops)}`, arrayImm(a))]),
  );
}

function setImmutableGlobal(place: Place): Module | null {
  const { c, module, features } = place;
  const x = c.maybe(globalTypes(module).flatMap(({ mutable }, i) => (mutable ? [] : [i])));
  if (x === null) return null;
  const atomic = features.sharedEverything && globalTypes(module)[x]?.content === 'i32' && c.chance(1, 2);
  if (atomic) return withCode(place, anyhow('global.atomic.set', { kind: 'order-index', ...ORDER, x }), 'unshared');
  return withCode(place, anyhow('global.set', index(x)), 'unshared');
}

function undeclared(place: Place): Module | null {
  const { module } = place;
  const f = functionTypes(module).length;
  const { module: more, x } = withComp(module, { kind: 'func', params: [], results: [] });
  const func = {
    type: x,
    params: [],
    locals: [],
    body: [plain('ref.func', index(f)), plain('drop')],
    id: null,
    at: NOWHERE,
  };
  return { ...more, funcs: [...more.funcs, func] };
}

function unrelatedCast(place: Place): Module {
  const { c } = place;
  const [from, to] = c.pick([
    ['any', 'func'],
    ['extern', 'any'],
    ['func', 'i31'],
    ['none', 'extern'],
    ['nofunc', 'eq'],
  ] as const);
  const op = c.pick(['ref.test', 'ref.cast']);
  const value = plain('ref.null', { kind: 'heap-type', heap: abstract(from) });
  const code = [value, plain(op, { kind: 'ref-type', type: refTo(to, 'unshared', c.chance(1, 2)) }), plain('drop')];
  return withCode(place, code, 'unshared');
}

function castUp(place: Place): Module {
  const { c } = place;
  const op = c.pick(['br_on_cast', 'br_on_cast_fail']);
  const [from, to] = c.pick([
    [refTo('eq'), refTo('any')],
    [refTo('eq', 'unshared', false), refTo('eq')],
    [refTo('struct'), refTo('array')],
    [refTo('any'), refTo('func')],
  ]);
  const result = refTo('any');
  const body = [plain('unreachable'), plain(op, { kind: 'cast-branch', x: 0, from, to }), plain('unreachable')];
  const branched = { kind: 'block', label: null, type: { kind: 'value', result }, body, at: NOWHERE } as const;
  return withCode(place, [branched, plain('drop')], 'unshared');
}

function lanes(place: Place): Module {
  const { c } = place;
  if (c.chance(1, 3))
    return withCode(
      place,
      anyhow('i8x16.shuffle', { kind: 'lanes', lanes: Array.from({ length: 16 }, (_, i) => (i === 7 ? 32 : i)) }),
    );
  const row = c.pick(rows(place, ({ immediates }) => immediates === 'lane'));
  return withCode(place, anyhow(row.mnemonic, index(Number(row.mnemonic.split(/[x.]/)[1]))));
}

export const CODE_MISSES: readonly Miss[] = [
  miss('an index that nothing has', /^unknown /, unknownIndex),
  miss('alignment larger than natural', /^alignment must not be larger than natural/, (p) =>
    memoryAccess(p, (r) => !isAtomicAccess(r) || r.immediates === 'memarg-lane', 'bigger'),
  ),
  miss(
    'atomic alignment that is not natural',
    /^(atomic )?alignment must (be|not be larger than) natural|^alignment must/,
    (p) => memoryAccess(p, (r) => isAtomicAccess(r) && r.immediates !== 'memarg-lane', 'other'),
    ['threads'],
  ),
  miss('an offset of more than 32 bits', /^offset out of range/, (p) => memoryAccess(p, () => true, 'offset'), [
    'memory64',
  ]),
  miss(
    'a lane that the access has not',
    /^invalid lane index/,
    (p) => memoryAccess(p, (r) => r.immediates === 'memarg-lane', 'lane'),
    ['simd'],
  ),
  miss('a lane that the shape has not', /^invalid lane index/, lanes, ['simd']),
  miss('access to an unknown memory', /^unknown memory/, (p) => memoryAccess(p, () => true, 'unknown')),
  miss('an immutable field written', /^(field|array) is immutable|immutable/, writeImmutable, ['gc']),
  miss('an immutable global written', /^(global is )?immutable/, setImmutableGlobal),
  miss('a packed field read as it is, or another as packed', /packed/, getPacked, ['gc']),
  miss('a default of a type that has none', /default/, noDefault, ['gc']),
  miss('a type of another kind', /^(type mismatch|expected|unknown|.*type)/, otherKind, ['gc', 'sharedEverything']),
  miss('an atomic access to a field of another type', /./, atomicOnOtherField, ['gc', 'sharedEverything']),
  miss('a reference to an undeclared function', /^undeclared function reference/, undeclared),
  miss('a cast to another hierarchy', /^type mismatch/, unrelatedCast, ['gc']),
  miss('a branch on a cast to no subtype', /^type mismatch/, castUp, ['gc']),
];
