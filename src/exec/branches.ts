import { known } from '../base/assert.ts';
import type { RefType, ValType } from '../syntax/types.ts';
import type { Handler } from './code.ts';
import { wordsOfAll } from './code.ts';
import type { Compilation } from './compilation.ts';
import { testTop } from './compile-references.ts';
import type { Comparison, Label } from './emitter.ts';
import { newLabel } from './emitter.ts';
import type { OpName } from './ops.ts';

/** A label in scope: what a branch to it takes, and where that goes. */
export interface Target {
  /** Null: the function's own, a branch to which returns. */
  readonly label: Label | null;
  /** Operands below the block's own. */
  readonly height: number;
  /** The first word of the block's own operands. */
  readonly word: number;
  readonly types: readonly ValType[];
}

export interface Control extends Compilation {
  /** Innermost last. */
  readonly targets: Target[];
  /** Innermost first. */
  readonly handlers: Handler[];
}

export function targetOf({ targets }: Control, label: number): Target {
  return known(targets.at(-1 - label), 'target');
}

/** Emits a branch; the operands stay as they are for what follows. */
export function compileBranch(z: Control, target: Target): void {
  if (target.label === null) return compileReturn(z);
  moveOperands(z, target);
  emitJump(z, target.label);
}

export function compileBranchIf(z: Control, target: Target): void {
  branchOn(z, takeCondition(z), true, target);
}

/** Branches where the condition is as `sense` says. */
function branchOn(z: Control, condition: Condition, sense: boolean, target: Target): void {
  if (target.label !== null && !mustMove(z, target)) return emitBranchOn(z, condition, sense, target.label);
  const over = newLabel();
  emitBranchOn(z, condition, !sense, over);
  compileBranch(z, target);
  z.emitter.bind(over);
}

export function compileBranchTable(z: Control, targets: readonly Target[]): void {
  const { emitter, operands } = z;
  const index = operands.read(operands.pop());
  const stubs = new Map<Target, Label>();
  emitter.emit('br_table', index, targets.length - 1);
  for (const target of targets) {
    const direct = mustMove(z, target) ? null : target.label;
    if (direct === null && !stubs.has(target)) stubs.set(target, newLabel());
    emitter.refer(direct ?? known(stubs.get(target), 'stub'));
  }
  for (const [target, stub] of stubs) {
    emitter.bind(stub);
    compileBranch(z, target);
  }
}

/** Results are settled only for the return itself, whose sources may be the locals that they overwrite. */
export function compileReturn(z: Control): void {
  const { operands, emitter, type } = z;
  const results = operands.last(type.results.length);
  const [first] = results;
  if (first === undefined) emitter.emit('return', 0, 0);
  else if (results.length === 1 && first.size === 1) emitter.emit('return32', operands.read(first));
  else if (results.length === 1 && first.size === 2) emitter.emit('return64', operands.read(first));
  else if (results.length === 1) emitter.emit('return', operands.read(first), first.size);
  else {
    for (const result of results) operands.move(result, result.word);
    emitter.emit('return', first.word, wordsOfAll(type.results));
  }
}

/** Moves a branch's operands to where its target expects them: never upwards, so from the deepest on. */
function moveOperands({ operands }: Control, target: Target): void {
  let word = target.word;
  for (const operand of operands.last(target.types.length)) {
    operands.move(operand, word);
    word += operand.size;
  }
}

/** Branches, without the reference, if it is null; else goes on with it. */
export function compileBranchOnNull(z: Control, target: Target): void {
  const reference = z.operands.pop();
  branchOn(z, { op: null, a: z.operands.read(reference) }, false, target);
  z.operands.pushAgain(reference, 1);
}

/** Branches with the reference if it is not null; else goes on without it. */
export function compileBranchOnNonNull(z: Control, target: Target): void {
  const reference = z.operands.pop();
  const a = z.operands.read(reference);
  z.operands.pushAgain(reference, 1);
  branchOn(z, { op: null, a }, true, target);
  z.operands.pop();
}

/** Branches if the reference, which stays an operand, is of the type, or, unless `sense`, if it is not. */
export function compileBranchOnCast(z: Control, target: Target, type: RefType, sense: boolean): void {
  branchOn(z, { op: null, a: testTop(z, type) }, sense, target);
}

function mustMove({ operands }: Control, target: Target): boolean {
  const own = operands.last(target.types.length);
  return own.some(({ source }) => source.kind !== 'place') || (own[0]?.word ?? target.word) !== target.word;
}

/** A branch's condition: a comparison to be joined with it, or a word. */
type Condition = Comparison | { readonly op: null; readonly a: number };

export function takeCondition({ operands, emitter }: Control): Condition {
  const operand = operands.pop();
  const comparison = operand.source.kind === 'place' ? emitter.takeComparison(operand.word) : null;
  return comparison ?? { op: null, a: operands.read(operand) };
}

const OPPOSITE: Readonly<Record<string, string>> = {
  eq: 'ne',
  ne: 'eq',
  lt_s: 'ge_s',
  lt_u: 'ge_u',
  gt_s: 'le_s',
  gt_u: 'le_u',
  le_s: 'gt_s',
  le_u: 'gt_u',
  ge_s: 'lt_s',
  ge_u: 'lt_u',
};

/** Branches where the condition is as `sense` says. */
export function emitBranchOn({ emitter }: Control, condition: Condition, sense: boolean, label: Label): void {
  if (condition.op === null) emitter.emit(sense ? 'br_if' : 'br_unless', condition.a);
  else if (condition.op === 'i32.eqz') emitter.emit(sense ? 'br_unless' : 'br_if', condition.a);
  else {
    const op = sense ? condition.op : condition.op.replace(/\.(\w+)/, (_, name: string) => `.${OPPOSITE[name]}`);
    emitter.emit(`br_if ${op}` as OpName, condition.a, condition.b);
  }
  emitter.refer(label);
}

export function emitJump({ emitter }: Control, label: Label): void {
  emitter.emit('br');
  emitter.refer(label);
}
