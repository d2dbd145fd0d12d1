import { assertNever, Bug } from '../base/assert.ts';
import { type InstructionRow, instructionRow } from '../syntax/instructions.ts';
import type { Immediate, Instr, MemArg, PlainInstr } from '../syntax/module.ts';
import type { FuncType, ValType } from '../syntax/types.ts';
import { type Code, endOf, enter, leave, pop, push } from './code.ts';
import type { Site } from './context.ts';
import {
  checkBr,
  checkBrIf,
  checkBrTable,
  checkCall,
  checkDrop,
  checkFork,
  checkNop,
  checkReturn,
  checkUnreachable,
} from './control-rules.ts';
import {
  checkAtomicCmpxchg,
  checkAtomicFence,
  checkAtomicLoad,
  checkAtomicNotify,
  checkAtomicRmw,
  checkAtomicStore,
  checkAtomicWait,
  checkLoad,
  checkMemoryCopy,
  checkMemoryFill,
  checkMemoryGrow,
  checkMemorySize,
  checkStore,
} from './memory-rules.ts';
import { checkBlockType } from './type-rules.ts';
import {
  checkConst,
  checkGlobalGet,
  checkGlobalSet,
  checkLocalGet,
  checkLocalSet,
  checkLocalTee,
  checkNumeric,
  checkRefFunc,
  checkRefIsNull,
  checkRefNull,
  checkSelect,
} from './value-rules.ts';

/**
 * Instruction sequences: blocks, and the way from an instruction to its rule.
 *
 * Metavariables: C context, t value type, bt block type.
 */

/** A nested sequence that is being checked; its end may begin another one (the `else` of an `if`). */
interface Sequence {
  readonly body: readonly Instr[];
  readonly end: () => Sequence | null;
  next: number;
}

/** Checks a sequence and all that is nested in it; its own stack, not JavaScript's, bounds the nesting. */
export function checkInstrs(code: Code, instrs: readonly Instr[]): void {
  const running: Sequence[] = [{ body: instrs, end: () => null, next: 0 }];
  for (let sequence = running.at(-1); sequence !== undefined; sequence = running.at(-1)) {
    const instr = sequence.body[sequence.next++];
    if (instr === undefined) {
      running.pop();
      const following = sequence.end();
      if (following !== null) running.push(following);
    } else if (instr.kind === 'plain') checkPlain(code, instr);
    else running.push(begin(code, instr));
  }
}

function begin(code: Code, instr: Exclude<Instr, PlainInstr>): Sequence {
  switch (instr.kind) {
    case 'block':
      return checkBlock(code, instr);
    case 'loop':
      return checkLoop(code, instr);
    case 'if':
      return checkIf(code, instr);
    default:
      return assertNever(instr);
  }
}

type Block = Extract<Instr, { kind: 'block' | 'loop' }>;
type If = Extract<Instr, { kind: 'if' }>;

/** Enters a body; at its end it must have left its results, which `then` takes over. */
function nested(
  code: Code,
  site: Site,
  label: readonly ValType[],
  ft: FuncType,
  body: readonly Instr[],
  then: () => Sequence | null,
): Sequence {
  enter(code, label, ft.params, ft.results);
  const end = (): Sequence | null => {
    leave(code, { ...site, at: endOf(body, site.at) });
    return then();
  };
  return { body, end, next: 0 };
}

/** What follows a block: its results are on the stack. */
function pushing(code: Code, results: readonly ValType[]): () => null {
  return () => {
    push(code, results);
    return null;
  };
}

/**
 * @rule Instr_ok/block
 *
 *     C |- bt : t1* -> t2*    C, label t2* |- instr* : t1* -> t2*
 *     -----------------------------------------------------------
 *                C |- block bt instr* : t1* -> t2*
 *
 * Source: core 3.0, Validation, Control Instructions.
 */
function checkBlock(code: Code, instr: Block): Sequence {
  const site = { rule: 'Instr_ok/block', at: instr.at, what: 'block' };
  const ft = checkBlockType(code.C, instr.at, instr.type, code.strict);
  pop(code, site, ft.params);
  return nested(code, site, ft.results, ft, instr.body, pushing(code, ft.results));
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
function checkLoop(code: Code, instr: Block): Sequence {
  const site = { rule: 'Instr_ok/loop', at: instr.at, what: 'loop' };
  const ft = checkBlockType(code.C, instr.at, instr.type, code.strict);
  pop(code, site, ft.params);
  return nested(code, site, ft.params, ft, instr.body, pushing(code, ft.results));
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
  const ft = checkBlockType(code.C, instr.at, instr.type, code.strict);
  pop(code, site, [...ft.params, 'i32']);
  const otherwise = (): Sequence => nested(code, site, ft.results, ft, instr.else, pushing(code, ft.results));
  return nested(code, site, ft.results, ft, instr.then, otherwise);
}

function checkPlain(code: Code, instr: PlainInstr): void {
  const row = instructionRow(instr.op);
  if (row === undefined) throw new Bug(`no instruction ${instr.op}`);
  const site = (rule: string): Site => ({ rule: `Instr_ok/${rule}`, at: instr.at, what: instr.op });
  const { meaning } = row;
  switch (meaning.kind) {
    case 'numeric':
      return checkNumeric(code, site('numeric'), row);
    case 'const':
      return checkConst(code, site('const'), row);
    case 'load':
      if (meaning.atomic) return checkAtomicLoad(code, site('atomic.load'), row, memarg(instr.imm), meaning.bytes);
      return checkLoad(code, site('load'), row, memarg(instr.imm), meaning.bytes);
    case 'store':
      if (meaning.atomic) return checkAtomicStore(code, site('atomic.store'), row, memarg(instr.imm), meaning.bytes);
      return checkStore(code, site('store'), row, memarg(instr.imm), meaning.bytes);
    case 'rmw':
      return checkAtomicRmw(code, site('atomic.rmw'), row, memarg(instr.imm), meaning.bytes);
    case 'cmpxchg':
      return checkAtomicCmpxchg(code, site('atomic.cmpxchg'), row, memarg(instr.imm), meaning.bytes);
    case 'wait':
      return checkAtomicWait(code, site('atomic.wait'), row, memarg(instr.imm), meaning.bytes);
    case 'notify':
      return checkAtomicNotify(code, site('atomic.notify'), row, memarg(instr.imm));
    case 'fence':
      return checkAtomicFence(code, site('atomic.fence'), row);
    case 'special':
      return checkSpecial(code, instr, site(instr.op), row);
    default:
      return assertNever(meaning);
  }
}

/** Instructions whose types depend on the context. */
function checkSpecial(code: Code, { op, imm }: PlainInstr, site: Site, row: InstructionRow): void {
  switch (op) {
    case 'unreachable':
      return checkUnreachable(code);
    case 'nop':
      return checkNop();
    case 'br':
      return checkBr(code, site, index(imm));
    case 'br_if':
      return checkBrIf(code, site, index(imm));
    case 'br_table':
      return checkBrTable(code, site, imm.kind === 'labels' ? imm.labels : wrong(imm));
    case 'return':
      return checkReturn(code, site);
    case 'call':
      return checkCall(code, site, index(imm));
    case 'fork':
      return checkFork(code, site, index(imm));
    case 'drop':
      return checkDrop(code, site);
    case 'select':
      return checkSelect(code, site, imm.kind === 'result-types' ? imm.types : wrong(imm));
    case 'local.get':
      return checkLocalGet(code, site, index(imm));
    case 'local.set':
      return checkLocalSet(code, site, index(imm));
    case 'local.tee':
      return checkLocalTee(code, site, index(imm));
    case 'global.get':
      return checkGlobalGet(code, site, index(imm));
    case 'global.set':
      return checkGlobalSet(code, site, index(imm));
    case 'ref.null':
      return checkRefNull(code, site, imm.kind === 'heap-type' ? imm.heap : wrong(imm));
    case 'ref.is_null':
      return checkRefIsNull(code, site);
    case 'ref.func':
      return checkRefFunc(code, site, index(imm));
    case 'memory.size':
      return checkMemorySize(code, site, row, index(imm));
    case 'memory.grow':
      return checkMemoryGrow(code, site, row, index(imm));
    case 'memory.fill':
      return checkMemoryFill(code, site, row, index(imm));
    case 'memory.copy':
      return imm.kind === 'index-pair' ? checkMemoryCopy(code, site, row, imm.x, imm.y) : wrong(imm);
    default:
      throw new Bug(`no typing rule for ${op}`);
  }
}

function index(imm: Immediate): number {
  return imm.kind === 'index' ? imm.x : wrong(imm);
}

function memarg(imm: Immediate): MemArg {
  return imm.kind === 'memarg' || imm.kind === 'atomic-memarg' ? imm.memarg : wrong(imm);
}

function wrong(imm: Immediate): never {
  throw new Bug(`unexpected immediate ${imm.kind}`);
}
