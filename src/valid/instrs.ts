import { assertNever, Bug } from '../base/assert.ts';
import type { Instr, PlainInstr } from '../syntax/module.ts';
import type { FuncType, ValType } from '../syntax/types.ts';
import { type Code, endOf, enter, leave, pop, popAll, pushAll } from './code.ts';
import { matches, reject, type Site } from './context.ts';
import { printVals } from './describe.ts';
import { checkCatch } from './exception-rules.ts';
import { checkBlockType } from './type-rules.ts';
import { TYPINGS } from './typings.ts';

/**
 * Instruction sequences: blocks, and the way from an instruction to its rule.
 *
 * Metavariables: C context, t value type, bt block type.
 */

/** A nested sequence that is being checked: the body of a block, or one of its branches. */
interface Sequence {
  readonly body: readonly Instr[];
  /** The block; null for the outermost sequence, which whoever checks it leaves. */
  readonly block: Block | null;
  next: number;
}

/** The block that a sequence is part of. */
interface Block {
  readonly site: Site;
  readonly type: FuncType;
  /** The branch of an `if` that is still to be checked. */
  readonly otherwise: readonly Instr[] | null;
}

/** Checks a sequence and all that is nested in it; its own stack, not JavaScript's, bounds the nesting. */
export function checkInstrs(code: Code, instrs: readonly Instr[]): void {
  const running: Sequence[] = [{ body: instrs, block: null, next: 0 }];
  for (let sequence = running.at(-1); sequence !== undefined; sequence = running.at(-1)) {
    const instr = sequence.body[sequence.next++];
    if (instr === undefined) {
      running.pop();
      const following = end(code, sequence);
      if (following !== null) running.push(following);
    } else {
      const after = code.C.watch?.(code, instr) ?? null;
      if (instr.kind === 'plain') checkPlain(code, instr);
      else running.push(begin(code, instr));
      after?.();
    }
  }
}

/** At its end a body must have left its results; they are there for what follows, unless another branch comes first. */
function end(code: Code, { body, block }: Sequence): Sequence | null {
  if (block === null) return null;
  const { site, type, otherwise } = block;
  leave(code, { rule: site.rule, at: endOf(body, site.at), what: site.what });
  if (otherwise !== null) return nested(code, { site, type, otherwise: null }, type.results, otherwise);
  pushAll(code, type.results);
  return null;
}

function begin(code: Code, instr: Exclude<Instr, PlainInstr>): Sequence {
  switch (instr.kind) {
    case 'block':
      return checkBlock(code, instr);
    case 'loop':
      return checkLoop(code, instr);
    case 'if':
      return checkIf(code, instr);
    case 'try_table':
      return checkTryTable(code, instr);
    default:
      return assertNever(instr);
  }
}

/** Enters a body whose label takes `label`. */
function nested(code: Code, block: Block, label: readonly ValType[], body: readonly Instr[]): Sequence {
  enter(code, label, block.type.params, block.type.results);
  return { body, block, next: 0 };
}

type BlockOrLoop = Extract<Instr, { kind: 'block' | 'loop' }>;
type If = Extract<Instr, { kind: 'if' }>;
type TryTable = Extract<Instr, { kind: 'try_table' }>;

/**
 * @rule Instr_ok/block
 *
 *     C |- bt : t1* -> t2*    C, label t2* |- instr* : t1* -> t2*
 *     -----------------------------------------------------------
 *                C |- block bt instr* : t1* -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
function checkBlock(code: Code, instr: BlockOrLoop): Sequence {
  const site = { rule: 'Instr_ok/block', at: instr.at, what: 'block' };
  const type = checkBlockType(code.C, instr.at, instr.type, code.strict);
  popAll(code, site, type.params);
  return nested(code, { site, type, otherwise: null }, type.results, instr.body);
}

/**
 * @rule Instr_ok/loop
 *
 *     C |- bt : t1* -> t2*    C, label t1* |- instr* : t1* -> t2*
 *     -----------------------------------------------------------
 *                C |- loop bt instr* : t1* -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
function checkLoop(code: Code, instr: BlockOrLoop): Sequence {
  const site = { rule: 'Instr_ok/loop', at: instr.at, what: 'loop' };
  const type = checkBlockType(code.C, instr.at, instr.type, code.strict);
  popAll(code, site, type.params);
  return nested(code, { site, type, otherwise: null }, type.params, instr.body);
}

/**
 * @rule Instr_ok/if
 *
 *     C |- bt : t1* -> t2*    C, label t2* |- instr1* : t1* -> t2*    C, label t2* |- instr2* : t1* -> t2*
 *     ----------------------------------------------------------------------------------------------------
 *                           C |- if bt instr1* else instr2* : t1* i32 -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
function checkIf(code: Code, instr: If): Sequence {
  const site = { rule: 'Instr_ok/if', at: instr.at, what: 'if' };
  const type = checkBlockType(code.C, instr.at, instr.type, code.strict);
  pop(code, site, 'i32');
  popAll(code, site, type.params);
  if (instr.else.length === 0) checkNoElse(code, site, type);
  return nested(code, { site, type, otherwise: instr.else }, type.results, instr.then);
}

/** An empty branch gives back the parameters. */
function checkNoElse({ C }: Code, site: Site, { params, results }: FuncType): void {
  if (params.length === results.length && params.every((t, i) => matches(C, t, results[i] ?? t))) return;
  const more = { expected: printVals(C, results), actual: printVals(C, params) };
  const message = `type mismatch: if requires ${more.expected} but stack has ${more.actual} where its condition is 0`;
  reject(site, message, { ...more, hint: 'write an else with the same results' });
}

/**
 * @rule Instr_ok/try_table
 *
 *     C |- bt : t1* -> t2*    C, label t2* |- instr* : t1* -> t2*    (C |- catch : ok)*
 *     ---------------------------------------------------------------------------------
 *                       C |- try_table bt catch* instr* : t1* -> t2*
 *
 * The clauses' labels are those outside.
 * Source: core 3.0, Validation, Control Instructions.
 */
function checkTryTable(code: Code, instr: TryTable): Sequence {
  const site = { rule: 'Instr_ok/try_table', at: instr.at, what: 'try_table' };
  const type = checkBlockType(code.C, instr.at, instr.type, code.strict);
  popAll(code, site, type.params);
  for (const clause of instr.catches) checkCatch(code, clause);
  return nested(code, { site, type, otherwise: null }, type.results, instr.body);
}

function checkPlain(code: Code, { op, imm, at }: PlainInstr): void {
  const typing = TYPINGS.get(op);
  if (typing === undefined) throw new Bug(`no instruction ${op}`);
  typing.check(code, { rule: typing.rule, at, what: op }, imm);
}
