import { NOWHERE } from '../../../../src/base/span.ts';
import { INSTRUCTIONS } from '../../../../src/syntax/instructions.ts';
import type { Expr, Instr, Module } from '../../../../src/syntax/module.ts';
import type { CompType, DataType, FuncType, RefType, SubType, ValType } from '../../../../src/syntax/types.ts';
import { index, pair, plain } from './environment.ts';
import { hasInstruction } from './features.ts';
import { abstract, refIndex, refTo } from './matching.ts';
import {
  anyhow,
  block,
  functionTypes,
  i32,
  memoryTypes,
  type Miss,
  miss,
  type Place,
  tableTypes,
  withCode,
  withComp,
  withFunc,
  withType,
  zero,
} from './near-miss-places.ts';

/** Operands, results and locals that do not fit. */

const NUMBERS = ['i32', 'i64', 'f32', 'f64'] as const;

/** All operands of an instruction, one of them of another type. */
function otherOperand(place: Place): Module | null {
  const { c, features, module } = place;
  const rows = INSTRUCTIONS.filter(
    (row) =>
      hasInstruction(features, row) &&
      (row.immediates === 'none' || row.immediates === 'memory') &&
      row.signature !== null &&
      row.signature.params.length > 0,
  );
  const row = c.pick(rows);
  const memory = memoryTypes(module)[0];
  if (row.signature === null || (row.immediates === 'memory' && memory === undefined)) return null;
  const params = row.signature.params.map((t): DataType => (t === 'addr' ? (memory?.addr ?? 'i32') : t));
  const wrong = c.below(params.length);
  const others = NUMBERS.filter((t) => t !== params[wrong]);
  const operands = params.map((t, i) => zero(i === wrong ? c.pick(others) : t));
  const imm = row.immediates === 'none' ? ({ kind: 'none' } as const) : index(0);
  const drops = row.signature.results.map(() => plain('drop'));
  return withCode(
    place,
    [...operands, plain(row.mnemonic, imm), ...drops],
    row.immediates === 'memory' ? 'unshared' : null,
  );
}

/** A reference where another hierarchy's is wanted. */
function otherReference(place: Place): Module {
  const { c } = place;
  const value = (
    name: 'any' | 'func' | 'extern' | 'none' | 'nofunc',
    share: 'shared' | 'unshared' = 'unshared',
  ): Instr => plain('ref.null', { kind: 'heap-type', heap: abstract(name, share) });
  const codes: Expr[] = [
    [value('extern'), value('none'), plain('ref.eq'), plain('drop')],
    [value('func'), plain('i31.get_s'), plain('drop')],
    [value('extern'), plain('array.len'), plain('drop')],
    [value('any'), plain('any.convert_extern'), plain('drop')],
    [value('func'), plain('extern.convert_any'), plain('drop')],
    [value('any'), value('any'), plain('ref.eq'), plain('drop')],
    [i32(0), plain('ref.is_null'), plain('drop')],
    [i32(0), plain('ref.as_non_null'), plain('drop')],
  ];
  return withCode(place, c.pick(codes), 'unshared');
}

/** Share-polymorphic instructions whose operands do not agree. */
function mixedShares(place: Place): Module {
  const value = (share: 'shared' | 'unshared'): Instr =>
    plain('ref.null', { kind: 'heap-type', heap: abstract('eq', share) });
  return withCode(place, [value('shared'), value('unshared'), plain('ref.eq'), plain('drop')], 'unshared');
}

/** Too few values in a block, or too many. */
function wrongCount(place: Place): Module {
  if (place.c.chance(1, 2)) return withCode(place, [block([plain('drop')])]);
  return withCode(place, [block([i32(0)])]);
}

function wrongResult(place: Place): Module {
  const { c } = place;
  const [t, u] = c.pick([
    ['i32', 'i64'],
    ['f32', 'i32'],
    ['i64', 'f64'],
  ] as const);
  const result = {
    kind: 'block',
    label: null,
    type: { kind: 'value', result: t },
    body: [zero(u)],
    at: NOWHERE,
  } as const;
  return withCode(place, [result, plain('drop')]);
}

function wrongFunctionResult(place: Place): Module {
  return withFunc(place.module, 'unshared', ['i32'], [], place.c.pick([[], [zero('i64')], [i32(0), i32(0)]]));
}

/** A branch with another type than its label's, or none. */
function wrongLabel(place: Place): Module {
  const { c } = place;
  const outer = (body: Expr): Instr => ({
    kind: 'block',
    label: null,
    type: { kind: 'value', result: 'i32' },
    body,
    at: NOWHERE,
  });
  const body = c.pick<Expr>([
    [zero('i64'), plain('br', index(0))],
    [plain('br', index(0))],
    [zero('f32'), i32(0), plain('br_if', index(0)), plain('drop'), i32(0)],
    [block([i32(1), plain('br_table', { kind: 'labels', labels: [1, 0] })]), i32(0)],
    [i32(1), zero('i64'), plain('br_if', index(0))],
  ]);
  return withCode(place, [outer(body), plain('drop')]);
}

/** `if` without an else whose parameters are not its results. */
function ifWithoutElse(place: Place): Module {
  const bad: Instr = {
    kind: 'if',
    label: null,
    type: { kind: 'value', result: 'i32' },
    then: [i32(0)],
    else: [],
    at: NOWHERE,
  };
  return withCode(place, [i32(1), bad, plain('drop')]);
}

function unsetLocal(place: Place): Module {
  const { c } = place;
  const t = refTo('i31', 'unshared', false);
  const set: Expr = [i32(0), plain('ref.i31'), plain('local.set', index(0))];
  const get: Expr = [plain('local.get', index(0)), plain('drop')];
  const body = c.pick<Expr>([get, [block(set), ...get], [plain('unreachable'), ...get], [...get, ...set]]);
  return withFunc(place.module, 'unshared', [], [t], body);
}

function untypedSelect(place: Place): Module {
  const { c } = place;
  const value = plain('ref.null', { kind: 'heap-type', heap: abstract('func') });
  const select = (types: readonly ValType[] | null): Instr => plain('select', { kind: 'result-types', types });
  const code = c.pick<Expr>([
    [value, value, i32(0), select(null), plain('drop')],
    [zero('i32'), zero('i64'), i32(0), select(null), plain('drop')],
    [value, value, i32(0), select(['i32']), plain('drop')],
  ]);
  return withCode(place, code, 'unshared');
}

function selectArity(place: Place): Module {
  const types = place.c.pick<readonly ValType[]>([[], ['i32', 'i32']]);
  return withCode(place, anyhow('select', { kind: 'result-types', types }));
}

function functionCall(place: Place): Module | null {
  const { c, module } = place;
  const functions = functionTypes(module);
  const f = c.maybe(
    functions.flatMap((type, i) => {
      const comp = module.types[type]?.type.comp;
      return comp?.kind === 'func' && comp.params.length > 0 ? [i] : [];
    }),
  );
  if (f === null) return null;
  const comp = module.types[functions[f] ?? 0]?.type.comp as FuncType;
  const wrong: ValType = comp.params.at(-1) === 'i32' ? 'i64' : 'i32';
  return withCode(
    place,
    [block([plain('unreachable'), zero(wrong), plain('call', index(f)), plain('unreachable')])],
    'unshared',
  );
}

function tailCall(place: Place): Module {
  const { c, module } = place;
  const callee = withFunc(module, 'unshared', ['i64'], [], [zero('i64')]);
  const f = functionTypes(module).length;
  const result = c.pick<readonly ValType[]>([[], ['i32'], ['i64', 'i64']]);
  return withFunc(callee, 'unshared', result, [], [plain('return_call', index(f))]);
}

function indirect(place: Place): Module | null {
  const { c, module } = place;
  const tables = tableTypes(module);
  const wrong = tables.flatMap((tt, i) =>
    tt.elem.heap.kind === 'abstract' && tt.elem.heap.name !== 'func' && tt.elem.heap.name !== 'nofunc' ? [i] : [],
  );
  const x = c.maybe(wrong);
  if (x === null) return null;
  const func = withComp(module, { kind: 'func', params: [], results: [] });
  return withCode(place, anyhow('call_indirect', pair(x, func.x)), 'unshared', func.module);
}

/** A clause whose payload its label does not take. */
function wrongCatch(place: Place): Module {
  const { c } = place;
  const bad: Instr = {
    kind: 'try_table',
    label: null,
    type: { kind: 'value', result: null },
    catches: [{ kind: c.pick(['catch_all', 'catch_all_ref'] as const), tag: null, label: 0, at: NOWHERE }],
    body: [],
    at: NOWHERE,
  };
  const outer: Instr = {
    kind: 'block',
    label: null,
    type: { kind: 'value', result: 'i32' },
    body: [bad, i32(0)],
    at: NOWHERE,
  };
  return withCode(place, [outer, plain('drop')], 'unshared');
}

/** Two types that look alike and are not the same: of groups of another size or order, finality, or supertype. */
function otherGroup(place: Place): Module {
  const { c, module } = place;
  const first = module.types.length;
  const comp: CompType = {
    kind: 'struct',
    fields: [{ mutable: true, storage: { kind: 'ref', nullable: true, heap: { kind: 'index', type: first } } }],
  };
  const plainStruct: CompType = { kind: 'struct', fields: [{ mutable: true, storage: 'i32' }] };
  const define = (types: readonly SubType[], recs: readonly number[]): Module => ({
    ...module,
    types: [
      ...module.types,
      ...types.map((type) => ({
        type,
        fields: type.comp.kind === 'struct' ? type.comp.fields.map(() => null) : [],
        id: null,
        at: NOWHERE,
      })),
    ],
    recs: [...module.recs, ...recs],
  });
  const st = (comp: CompType, more: Partial<SubType> = {}): SubType => ({
    final: true,
    supers: [],
    share: 'unshared',
    comp,
    ...more,
  });
  // The value is of the last type, the local of the first.
  const [types, recs] = c.pick<readonly [readonly SubType[], readonly number[]]>([
    [
      [st(plainStruct), st(plainStruct), st(plainStruct)],
      [2, 1],
    ],
    [[st(plainStruct), st(plainStruct)], [2]],
    [
      [st(plainStruct, { final: false }), st(plainStruct)],
      [1, 1],
    ],
    [
      [st(comp), st(comp)],
      [1, 1],
    ],
    [
      [st(plainStruct, { final: false }), st(plainStruct, { final: false, supers: [first] }), st(plainStruct)],
      [1, 1, 1],
    ],
  ]);
  const last = first + types.length - 1;
  const code = [
    plain('ref.null', { kind: 'heap-type', heap: { kind: 'index', type: last } }),
    plain('local.set', index(0)),
  ];
  return withFunc(
    define(types, recs),
    'unshared',
    [],
    [{ kind: 'ref', nullable: true, heap: { kind: 'index', type: first } }],
    code,
  );
}

/** A value of a supertype where its subtype is wanted. */
function supertype(place: Place): Module {
  const { c, module } = place;
  const t = { kind: 'struct', fields: [] } as const;
  const above = withType(module, { final: false, supers: [], share: 'unshared', comp: t });
  const below = withType(above.module, { final: true, supers: [above.x], share: 'unshared', comp: t });
  const [from, to] = c.pick<readonly [RefType, RefType]>([
    [refIndex(above.x), refIndex(below.x)],
    [refIndex(below.x), refIndex(below.x, false)],
    [refTo('struct'), refIndex(above.x)],
    [refTo('eq'), refTo('i31')],
    [refTo('any'), refTo('none')],
    [refTo('func'), refTo('nofunc')],
    [refTo('array'), refIndex(above.x)],
  ]);
  const typed: Instr = {
    kind: 'block',
    label: null,
    type: { kind: 'value', result: from },
    body: [plain('unreachable')],
    at: NOWHERE,
  };
  return withFunc(below.module, 'unshared', [], [to], [typed, plain('local.set', index(0))]);
}

export const OPERAND_MISSES: readonly Miss[] = [
  miss('an operand of another type', /^type mismatch/, otherOperand),
  miss('a reference of another hierarchy', /^type mismatch/, otherReference, ['gc']),
  miss('a type of another recursive group', /^type mismatch/, otherGroup, ['gc']),
  miss('a value of a supertype', /^type mismatch/, supertype, ['gc']),
  miss('operands of two shares', /^type mismatch/, mixedShares, ['gc', 'sharedEverything']),
  miss('too few or too many values', /^type mismatch/, wrongCount),
  miss('a block of another result', /^type mismatch/, wrongResult),
  miss('a function of another result', /^type mismatch/, wrongFunctionResult),
  miss('a branch of another type', /^type mismatch/, wrongLabel),
  miss('no else although the block changes types', /^type mismatch/, ifWithoutElse),
  miss('a local read before it is set', /^uninitialized local/, unsetLocal, ['gc']),
  miss('a select on what it does not take', /^type mismatch/, untypedSelect),
  miss('a select of not one type', /^invalid result arity/, selectArity),
  miss('a call with another operand', /^type mismatch/, functionCall),
  miss('a tail call of other results', /^type mismatch/, tailCall, ['tailCalls']),
  miss('an indirect call through a table of no functions', /^type mismatch/, indirect),
  miss('a clause that its label does not take', /^type mismatch/, wrongCatch, ['exceptions']),
];
