import type { Span } from '../base/span.ts';
import type { Expr, Instr } from '../syntax/module.ts';
import type { ValType } from '../syntax/types.ts';
import { type CodeStart, endOf, enter, leave, makeCode } from './code.ts';
import { type Context, report } from './context.ts';
import { nameThing } from './describe.ts';
import { checkInstrs } from './instrs.ts';
import type { SharedOwner } from './share.ts';

/**
 * Constant expressions: initialisers and offsets [core 3.0, Validation, Constant Expressions].
 *
 * Metavariables: C context, t value type, x index.
 */

/** The instructions that are constant whatever their immediates. */
const CONSTANT: ReadonlySet<string> = new Set(
  'i32.const i64.const f32.const f64.const ref.null ref.func i32.add i32.sub i32.mul i64.add i64.sub i64.mul'.split(
    ' ',
  ),
);

/** What a constant expression is for: the rule that wants it, in whose words its errors are told. */
export interface Initialiser {
  readonly rule: string;
  readonly at: Span;
  readonly what: string;
  readonly expr: Expr;
  readonly type: ValType;
  readonly owner: SharedOwner | null;
  /** How many globals it sees. */
  readonly globals: number;
}

/**
 * @rule Expr_const
 *
 *     C |- instr* : eps -> t    (C |- instr const)*
 *     ---------------------------------------------
 *               C |- instr* : t const
 *
 * Constants, null references, references to functions, `global.get` of an immutable global, and addition, subtraction and
 * multiplication of integers are constant. An expression that is not constant is not typed as well.
 * Source: core 3.0, Validation, Constant Expressions.
 */
export function checkConstant(C: Context, init: Initialiser): void {
  const wrong = init.expr.find((instr) => !isConstant(C, init.globals, instr));
  if (wrong !== undefined) return reportNotConstant(C, wrong);
  const start: CodeStart = {
    owner: init.owner,
    strict: null,
    params: [],
    locals: [],
    results: [init.type],
    globals: init.globals,
  };
  const code = makeCode(C, start);
  enter(code, start.results, [], start.results);
  checkInstrs(code, init.expr);
  leave(code, { rule: init.rule, at: endOf(init.expr, init.at), what: init.what });
}

/** An unknown global is left to its typing rule. */
function isConstant(C: Context, globals: number, instr: Instr): boolean {
  if (instr.kind !== 'plain') return false;
  if (CONSTANT.has(instr.op)) return true;
  if (instr.op !== 'global.get' || instr.imm.kind !== 'index') return false;
  return instr.imm.x >= globals || C.globals[instr.imm.x]?.type.mutable !== true;
}

function reportNotConstant(C: Context, instr: Instr): void {
  const op = instr.kind === 'plain' ? instr.op : instr.kind;
  const mutable =
    instr.kind === 'plain' && instr.op === 'global.get' && instr.imm.kind === 'index' ? instr.imm.x : null;
  const reason =
    mutable === null ? `${op} is not constant` : `${nameThing(C, { kind: 'global', index: mutable })} is mutable`;
  report(C, { rule: 'Expr_const', at: instr.at }, `constant expression required: ${reason}`);
}

/** Whether an expression is the constant that a thread-local global must start with: zero, or a null reference. */
export function isDefaultConstant(expr: Expr): boolean {
  const [instr] = expr;
  if (expr.length !== 1 || instr?.kind !== 'plain') return false;
  const { imm } = instr;
  switch (instr.op) {
    case 'i32.const':
      return imm.kind === 'i32' && imm.value === 0;
    case 'i64.const':
      return imm.kind === 'i64' && imm.value === 0n;
    case 'f32.const':
      return imm.kind === 'f32' && imm.bits === 0;
    case 'f64.const':
      return imm.kind === 'f64' && imm.bits === 0n;
    case 'ref.null':
      return true;
    default:
      return false;
  }
}
