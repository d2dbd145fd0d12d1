import { instructionRow } from '../../syntax/instructions.ts';
import type { Catch, Expr, Instr } from '../../syntax/module.ts';
import type { Share } from '../../syntax/types.ts';
import { label, mayName, withLabel, withLocals, type Context } from './context.ts';
import { instrType, okType, sub, type InstrType, type Judgement, type Rule } from './judgement.ts';
import { abstract, ref, unroll, type ResultTerm, type ValTerm } from './terms.ts';

/**
 * Rules of structured instructions, sequences and expressions [core 3.0, Validation / Instructions, Instruction Sequences,
 * Expressions, Constant Expressions].
 *
 * Metavariables: C context, t value type, bt block type, x index, l label.
 */

/** A structured instruction: its type, and the locals that its body (of `if`, each body) sets. */
interface BlockInstance {
  readonly C: Context;
  readonly instr: Instr;
  readonly type: InstrType;
  readonly locals: readonly number[];
  readonly elseLocals?: readonly number[];
}

/** Blocktype_ok, and the body in a context with the label. */
function bodyPremises(
  { C, type }: BlockInstance,
  instr: Exclude<Instr, { kind: 'plain' }>,
  labelled: ResultTerm,
  bodies: readonly { readonly body: Expr; readonly locals: readonly number[] }[],
): readonly Judgement[] {
  const inside = withLabel(C, labelled);
  return [
    { relation: 'Blocktype_ok', M: C.M, of: instr.type, type, share: C.values },
    ...bodies.map(
      ({ body, locals }): Judgement => ({
        relation: 'Instrs_ok',
        C: inside,
        of: body,
        type: instrType(type.params, type.results, locals),
      }),
    ),
  ];
}

/** @rule Instr_ok/block */
const block: Rule<BlockInstance> = (v) => {
  const { C, instr, type, locals } = v;
  if (instr.kind !== 'block') return null;
  return {
    conclusion: { relation: 'Instr_ok', C, of: instr, type },
    premises: bodyPremises(v, instr, type.results, [{ body: instr.body, locals }]),
  };
};

/** @rule Instr_ok/loop — its label takes the parameters. */
const loop: Rule<BlockInstance> = (v) => {
  const { C, instr, type, locals } = v;
  if (instr.kind !== 'loop') return null;
  return {
    conclusion: { relation: 'Instr_ok', C, of: instr, type },
    premises: bodyPremises(v, instr, type.params, [{ body: instr.body, locals }]),
  };
};

/** @rule Instr_ok/if */
const ifElse: Rule<BlockInstance> = (v) => {
  const { C, instr, type, locals, elseLocals = [] } = v;
  if (instr.kind !== 'if') return null;
  return {
    conclusion: { relation: 'Instr_ok', C, of: instr, type: instrType([...type.params, 'i32'], type.results) },
    premises: bodyPremises(v, instr, type.results, [
      { body: instr.then, locals },
      { body: instr.else, locals: elseLocals },
    ]),
  };
};

/** @rule Instr_ok/try_table — its clauses see the labels outside. */
const tryTable: Rule<BlockInstance> = (v) => {
  const { C, instr, type, locals } = v;
  if (instr.kind !== 'try_table') return null;
  return {
    conclusion: { relation: 'Instr_ok', C, of: instr, type },
    premises: [
      ...bodyPremises(v, instr, type.results, [{ body: instr.body, locals }]),
      ...instr.catches.map((clause): Judgement => ({ relation: 'Catch_ok', C, of: clause })),
    ],
  };
};

interface CatchInstance {
  readonly C: Context;
  readonly of: Catch;
}

/** What a clause gives to its label, and whether it is of this kind. */
function catches(
  kind: Catch['kind'],
  given: (tag: { readonly ts: ResultTerm; readonly share: Share }) => ResultTerm,
): Rule<CatchInstance> {
  return ({ C, of }) => {
    const target = label(C, of.label);
    if (of.kind !== kind || target === undefined) return null;
    const tag = of.tag === null ? { ts: [], share: C.share } : tagOf(C, of.tag);
    if (tag === null) return null;
    return {
      conclusion: { relation: 'Catch_ok', C, of },
      premises: [sub('Resulttype_sub', C.M, given(tag), target)],
    };
  };
}

function tagOf(C: Context, x: number): { readonly ts: ResultTerm; readonly share: Share } | null {
  const dt = C.M.tags[x];
  if (dt === undefined) return null;
  const { share, comp } = unroll(dt);
  return comp.kind === 'func' && mayName(C, share) ? { ts: comp.params, share } : null;
}

function exnRef(share: Share): ValTerm {
  return ref(abstract(share, 'exn'));
}

interface Sequence {
  readonly C: Context;
  readonly of: Expr;
  readonly type: InstrType;
}

/** @rule Instrs_ok/empty */
const empty: Rule<{ readonly C: Context }> = ({ C }) => ({
  conclusion: { relation: 'Instrs_ok', C, of: [], type: instrType([], []) },
  premises: [],
});

/**
 * @rule Instrs_ok/instr
 *
 *     C |- instr : t1* ->_x* t2*    C |- t1* ->_x* t2* : ok(C.share)
 *     --------------------------------------------------------------
 *                      C |- instr : t1* ->_x* t2*
 *
 * The second premise: an instruction validates as shared if its type does [shared-everything overview, Functions].
 */
const single: Rule<Sequence & { readonly instr: Instr }> = ({ C, instr, type }) => ({
  conclusion: { relation: 'Instrs_ok', C, of: [instr], type },
  premises: [
    { relation: 'Instr_ok', C, of: instr, type },
    { relation: 'Instrtype_ok', C, of: type },
  ],
});

/**
 * @rule Instrs_ok/seq
 *
 *     C |- instr1* : t1* ->_x1* t2*    C[.locals[x1*] = set] |- instr2* : t2* ->_x2* t3*
 *     ---------------------------------------------------------------------------------
 *                   C |- instr1* instr2* : t1* ->_(x1* x2*) t3*
 */
const seq: Rule<{ readonly C: Context; readonly first: Sequence; readonly second: Sequence }> = ({
  C,
  first,
  second,
}) => {
  if (first.type.locals.some((x) => x >= C.locals.length)) return null;
  const inside = withLocals(C, first.type.locals);
  return {
    conclusion: {
      relation: 'Instrs_ok',
      C,
      of: [...first.of, ...second.of],
      type: instrType(first.type.params, second.type.results, union(first.type.locals, second.type.locals)),
    },
    premises: [
      { relation: 'Instrs_ok', C, of: first.of, type: first.type },
      {
        relation: 'Instrs_ok',
        C: inside,
        of: second.of,
        type: instrType(first.type.results, second.type.results, second.type.locals),
      },
    ],
  };
};

/** Sets of locals are kept as sorted lists. */
export function union(xs: readonly number[], ys: readonly number[]): readonly number[] {
  if (xs.length === 0) return ys;
  return ys.length === 0 ? xs : [...new Set([...xs, ...ys])].sort((a, b) => a - b);
}

/** @rule Instrs_ok/sub */
const subsumption: Rule<Sequence & { readonly from: InstrType }> = ({ C, of, from, type }) => ({
  conclusion: { relation: 'Instrs_ok', C, of, type },
  premises: [
    { relation: 'Instrs_ok', C, of, type: from },
    { relation: 'Instrtype_sub', C, left: from, right: type },
    { relation: 'Instrtype_ok', C, of: type },
  ],
});

/** @rule Instrs_ok/frame */
const frame: Rule<Sequence & { readonly below: ResultTerm }> = ({ C, of, type, below }) => ({
  conclusion: {
    relation: 'Instrs_ok',
    C,
    of,
    type: instrType([...below, ...type.params], [...below, ...type.results], type.locals),
  },
  premises: [{ relation: 'Instrs_ok', C, of, type }, okType('Resulttype_ok', C.M, below, C.values)],
});

/** @rule Instrtype_ok — in code that must be shared its types are ok(shared). */
const instrTypeOk: Rule<{ readonly C: Context; readonly of: InstrType }> = ({ C, of }) =>
  of.locals.some((x) => x >= C.locals.length)
    ? null
    : {
        conclusion: { relation: 'Instrtype_ok', C, of },
        premises: [
          okType('Resulttype_ok', C.M, of.params, C.values),
          okType('Resulttype_ok', C.M, of.results, C.values),
        ],
      };

interface ExprInstance {
  readonly C: Context;
  readonly of: Expr;
  readonly type: ResultTerm;
}

/** @rule Expr_ok */
const expr: Rule<ExprInstance & { readonly locals: readonly number[] }> = ({ C, of, type, locals }) => ({
  conclusion: { relation: 'Expr_ok', C, of, type },
  premises: [{ relation: 'Instrs_ok', C, of, type: instrType([], type, locals) }],
});

interface InstrConst {
  readonly C: Context;
  readonly of: Instr;
}

/** @rule Instr_const/table — an instruction that the table says is constant. */
const constTable: Rule<InstrConst> = ({ C, of }) =>
  of.kind === 'plain' && instructionRow(of.op)?.constant === true
    ? { conclusion: { relation: 'Instr_const', C, of }, premises: [] }
    : null;

/** @rule Instr_const/global.get — of an immutable global. */
const constGlobal: Rule<InstrConst> = ({ C, of }) => {
  if (of.kind !== 'plain' || of.op !== 'global.get' || of.imm.kind !== 'index') return null;
  return C.M.globals[of.imm.x]?.mutable === false
    ? { conclusion: { relation: 'Instr_const', C, of }, premises: [] }
    : null;
};

/** @rule Expr_const */
const exprConst: Rule<{ readonly C: Context; readonly of: Expr }> = ({ C, of }) => ({
  conclusion: { relation: 'Expr_const', C, of },
  premises: of.map((instr): Judgement => ({ relation: 'Instr_const', C, of: instr })),
});

/** @rule Expr_ok_const */
const exprOkConst: Rule<{ readonly C: Context; readonly of: Expr; readonly type: ValTerm }> = ({ C, of, type }) => ({
  conclusion: { relation: 'Expr_ok_const', C, of, type },
  premises: [
    { relation: 'Expr_ok', C, of, type: [type] },
    { relation: 'Expr_const', C, of },
  ],
});

export const SEQUENCE_RULES = {
  'Instr_ok/block': block,
  'Instr_ok/loop': loop,
  'Instr_ok/if': ifElse,
  'Instr_ok/try_table': tryTable,
  'Catch_ok/catch': catches('catch', ({ ts }) => ts),
  'Catch_ok/catch_ref': catches('catch_ref', ({ ts, share }) => [...ts, exnRef(share)]),
  'Catch_ok/catch_all': catches('catch_all', () => []),
  // Shared code can catch shared exceptions only: all that it calls throws shared tags alone.
  'Catch_ok/catch_all_ref': catches('catch_all_ref', ({ share }) => [exnRef(share)]),
  'Instrs_ok/empty': empty,
  'Instrs_ok/instr': single,
  'Instrs_ok/seq': seq,
  'Instrs_ok/sub': subsumption,
  'Instrs_ok/frame': frame,
  Instrtype_ok: instrTypeOk,
  Expr_ok: expr,
  'Instr_const/table': constTable,
  'Instr_const/global.get': constGlobal,
  Expr_const: exprConst,
  Expr_ok_const: exprOkConst,
} as const;
