import { expect, test } from 'vitest';
import { NOWHERE, type Span } from '../../src/base/span.ts';
import type { Expr, Func, Immediate, Instr, Module } from '../../src/syntax/module.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { plainType, type HeapType, type RefType, type ValType } from '../../src/syntax/types.ts';
import { printModule } from '../../src/text/print-module.ts';
import { derivable } from '../../src/valid/declarative/derivable.ts';
import { type Derivation, wrongSteps } from '../../src/valid/declarative/derivation.ts';
import { derive } from '../../src/valid/declarative/prove.ts';
import { accepts, disagreements, EMPTY_MODULE, placeOf, type Tally } from '../support/declarative.ts';

/**
 * Unreachable code has a type exactly if some instance of its rules derives one [proofs-notes/typing.md, principal types]: enumerated for
 * what is polymorphic in its operands.
 */

const abstract = (share: 'unshared' | 'shared', name: 'any' | 'eq' | 'extern' | 'i31'): HeapType => ({
  kind: 'abstract',
  share,
  name,
});
const ref = (heap: HeapType, nullable = true): RefType => ({ kind: 'ref', nullable, heap });

const ANYREF = ref(abstract('unshared', 'any'));
const SHARED_ANYREF = ref(abstract('shared', 'any'));
const PARAMS: readonly ValType[] = [ANYREF, ref(abstract('shared', 'extern')), ref(abstract('unshared', 'eq'))];
/** The results of the block around, and so of label 0. */
const INNER: readonly (ValType | null)[] = [null, 'i32', SHARED_ANYREF, ANYREF, ref(abstract('unshared', 'extern'))];
/** The results of the function, and so of label 1. */
const OUTER: readonly (readonly ValType[])[] = [[], [SHARED_ANYREF]];

/** Every pair of the two; else each inner with one outer. */
const ALL = Number(process.env['WEFT_RUNS'] ?? 1) > 1;

const index = (x: number): Immediate => ({ kind: 'index', x });

function op(name: string, imm: Immediate = { kind: 'none' }): Instr {
  return { kind: 'plain', op: name, imm, at: NOWHERE };
}

/** All that is polymorphic in its operands, what produces and what consumes references of either share. */
const INSTRS: readonly Instr[] = [
  op('drop'),
  op('select', { kind: 'result-types', types: null }),
  op('ref.is_null'),
  op('ref.as_non_null'),
  op('ref.eq'),
  op('i31.get_s'),
  op('array.len'),
  op('any.convert_extern'),
  op('extern.convert_any'),
  op('throw_ref'),
  op('br_on_null', index(0)),
  op('br_on_null', index(1)),
  op('br_on_non_null', index(0)),
  op('br_if', index(1)),
  op('br_table', { kind: 'labels', labels: [0, 1] }),
  op('br_table', { kind: 'labels', labels: [1, 1] }),
  op('ref.cast', { kind: 'ref-type', type: ref(abstract('shared', 'i31')) }),
  op('ref.test', { kind: 'ref-type', type: ref(abstract('unshared', 'any'), false) }),
  op('local.set', index(0)),
  op('local.set', index(1)),
  op('local.get', index(2)),
  op('i32.const', { kind: 'i32', value: 0 }),
  op('unreachable'),
];

const BODIES: readonly Expr[] = [
  [],
  ...INSTRS.map((instr) => [instr]),
  ...INSTRS.flatMap((one) => INSTRS.map((two) => [one, two])),
];

/** A function whose body is a block that begins with `unreachable`. */
function func(type: number, inner: ValType | null, body: Expr, at: Span): Func {
  const placed = [op('unreachable'), ...body].map((instr) => ({ ...instr, at }));
  const block: Instr = { kind: 'block', label: null, type: { kind: 'value', result: inner }, body: placed, at };
  return {
    id: null,
    at,
    type,
    params: [null, null, null],
    locals: [],
    body: [block, { ...op('unreachable'), at }],
  };
}

function moduleOf(funcs: readonly Func[]): Module {
  return {
    ...EMPTY_MODULE,
    types: OUTER.map((results) => ({
      id: null,
      at: NOWHERE,
      type: plainType({ kind: 'func', params: PARAMS, results }),
      fields: [],
    })),
    recs: OUTER.map(() => 1),
    funcs,
  };
}

test('all sequences of up to two instructions', () => {
  const tally: Tally = { accepted: 0, rejected: 0 };
  INNER.forEach((inner, i) => {
    for (const type of OUTER.keys()) {
      if (!ALL && type !== i % OUTER.length) continue;
      const module = moduleOf(BODIES.map((body, k) => func(type, inner, body, placeOf(k))));
      expect(disagreements(module, DEFAULT_READINGS, tally)).toEqual([]);
    }
  });
  process.stdout.write(`unreachable code: ${JSON.stringify(tally)}\n`);
  expect(tally.accepted).toBeGreaterThan(700);
  expect(tally.rejected).toBeGreaterThan(1500);
});

function usesRule(d: Derivation, rule: string): boolean {
  return d.rule === rule || d.premises.some((p) => usesRule(p, rule));
}

/** The derivation of a module whose body ends with br_table to labels of (ref null any) and (ref null (shared any)). */
function toBothLabels(body: Expr): Derivation {
  const module = moduleOf([func(1, ANYREF, [...body, op('br_table', { kind: 'labels', labels: [0, 1] })], placeOf(0))]);
  expect(accepts(module), printModule(module)).toBe(true);
  expect(derivable(module, DEFAULT_READINGS)).toBe(true);
  const derivation = derive(module, DEFAULT_READINGS);
  if (derivation === null) throw new Error(`no derivation of ${printModule(module)}`);
  expect(wrongSteps(derivation)).toEqual([]);
  return derivation;
}

test('needs the bottom type: br_table to labels of two types', () => {
  expect(usesRule(toBothLabels([]), 'Valtype_sub/bot')).toBe(true);
});

test('needs the bottom share: a conversion, then br_table to labels of two shares', () => {
  const derivation = toBothLabels([op('any.convert_extern'), op('i32.const', { kind: 'i32', value: 0 })]);
  expect(usesRule(derivation, 'Heaptype_sub/share-bot')).toBe(true);
});
