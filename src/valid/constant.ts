import type { Span } from '../base/span.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { Expr, Instr, PlainInstr } from '../syntax/module.ts';
import type { ValType } from '../syntax/types.ts';
import { type CodeStart, endOf, enter, leave, makeCode } from './code.ts';
import { type Context, report } from './context.ts';
import { nameThing } from './describe.ts';
import { checkInstrs } from './instrs.ts';
import type { SharedOwner } from './share.ts';

/**
 * Constant expressions: initialisers and offsets [core 3.0, Validation, Constant Expressions]. Which instructions are constant is
 * told by the instruction table.
 *
 * Metavariables: C context, t value type, x index.
 */

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
 * Constants, references to functions, null, i31 and new objects, conversions between any and extern, `global.get` of an immutable
 * global, and addition, subtraction and multiplication of integers are constant. An expression that is not constant is not
 * typed as well.
 * Source: core 3.0, Validation, Constant Expressions; shared-everything-threads overview, Managed Waiter Queues.
 */
export function checkConstant(C: Context, init: Initialiser): void {
  const wrong = init.expr.find((instr) => !isConstant(C, init.globals, instr));
  if (wrong !== undefined) return reportNotConstant(C, wrong);
  const start: CodeStart = {
    owner: init.owner,
    strict: null,
    func: null,
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
  const x = globalRead(instr);
  if (x === null) return instructionRow(instr.op)?.constant === true;
  return x >= globals || C.globals[x]?.type.mutable !== true;
}

function globalRead(instr: Instr): number | null {
  return instr.kind === 'plain' && instr.op === 'global.get' && instr.imm.kind === 'index' ? instr.imm.x : null;
}

function reportNotConstant(C: Context, instr: Instr): void {
  const op = instr.kind === 'plain' ? instr.op : instr.kind;
  const x = globalRead(instr);
  const reason = x === null ? `${op} is not constant` : `${nameThing(C, { kind: 'global', index: x })} is mutable`;
  report(C, { rule: 'Expr_const', at: instr.at }, `constant expression required: ${reason}`);
}

/** The first constant instruction that allocates an object; null if there is none. */
export function allocates(expr: Expr): PlainInstr | null {
  for (const instr of expr) {
    if (instr.kind === 'plain' && /^(struct|array|waitqueue)\.new/.test(instr.op)) return instr;
  }
  return null;
}

/** Whether an expression is the constant that a thread-local global starts with by itself: zero, or a null reference. */
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
    case 'v128.const':
      return imm.kind === 'v128' && imm.bytes.every((byte) => byte === 0);
    case 'ref.null':
      return true;
    default:
      return false;
  }
}
