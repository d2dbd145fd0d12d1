import { assertNever, Bug, known } from '../base/assert.ts';
import type { Request, Response } from '../event/request.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import { INSTRUCTIONS } from '../syntax/instructions.ts';
import type { Instr, PlainInstr } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import { DEFAULT_READINGS } from '../syntax/readings.ts';
import { stepCmpxchg, stepFence, stepNotify, stepRmw, stepWait } from './atomic.ts';
import { stepCall, stepFork, stepHostReturn, stepInvoke, stepInvokeHost } from './call.ts';
import type { Admin, Config, State } from './config.ts';
import { frameOf, labelOf } from './config.ts';
import {
  stepBlock,
  stepBr,
  stepBrIf,
  stepBrTable,
  stepFrame,
  stepIf,
  stepLabel,
  stepLoop,
  stepReturn,
} from './control.ts';
import {
  stepCopySource,
  stepLoad,
  stepMemoryCopy,
  stepMemoryFill,
  stepMemoryGrow,
  stepMemorySize,
  stepStore,
} from './memory.ts';
import { plain } from './operands.ts';
import {
  stepConst,
  stepDrop,
  stepNop,
  stepNumeric,
  stepRefFunc,
  stepRefIsNull,
  stepRefNull,
  stepSelect,
  stepUnreachable,
} from './parametric.ts';
import type { Rule } from './rule.ts';
import { stepGlobalGet, stepGlobalSet, stepLocalGet, stepLocalSet, stepLocalTee } from './variable.ts';
import { stepVector } from './vector.ts';
import { stepVectorLoad, stepVectorLoadLane, stepVectorStore, stepVectorStoreLane } from './vector-memory.ts';

/** A rule at its redex: what to do next in a configuration. */
interface Reduction {
  readonly id: string;
  readonly source: string;
  readonly instr: Instr | null;
  readonly ask: (z: State) => Request | null;
  readonly step: (z: Config, answer: Response | null) => void;
}

/** Finds the reduction of a configuration; null if it is irreducible, `done` or `trap`. */
export type Reduce = (z: State) => Reduction | null;

/** The rules of instructions whose signature depends on their context, by mnemonic. */
const SPECIAL: Readonly<Record<string, (readings: Readings) => Rule<PlainInstr>>> = {
  unreachable: () => stepUnreachable,
  nop: () => stepNop,
  br: () => stepBr,
  br_if: () => stepBrIf,
  br_table: () => stepBrTable,
  return: () => stepReturn,
  call: () => stepCall,
  fork: stepFork,
  drop: () => stepDrop,
  select: () => stepSelect,
  'local.get': () => stepLocalGet,
  'local.set': () => stepLocalSet,
  'local.tee': () => stepLocalTee,
  'global.get': () => stepGlobalGet,
  'global.set': () => stepGlobalSet,
  'ref.null': () => stepRefNull,
  'ref.is_null': () => stepRefIsNull,
  'ref.func': () => stepRefFunc,
  'memory.size': () => stepMemorySize,
  'memory.grow': () => stepMemoryGrow,
  'memory.fill': () => stepMemoryFill,
  'memory.copy': () => stepMemoryCopy,
};

function hasRule({ meaning, mnemonic }: InstructionRow): boolean {
  return meaning.kind !== 'special' || mnemonic in SPECIAL;
}

function ruleOfRow({ meaning, mnemonic, immediates }: InstructionRow, readings: Readings): Rule<PlainInstr> {
  switch (meaning.kind) {
    case 'numeric':
      return stepNumeric;
    case 'vector':
      return stepVector;
    case 'vector-load':
      return immediates === 'memarg-lane' ? stepVectorLoadLane : stepVectorLoad;
    case 'vector-store':
      return immediates === 'memarg-lane' ? stepVectorStoreLane : stepVectorStore;
    case 'const':
      return stepConst;
    case 'load':
      return stepLoad;
    case 'store':
      return stepStore;
    case 'rmw':
      return stepRmw;
    case 'cmpxchg':
      return stepCmpxchg;
    case 'wait':
      return stepWait;
    case 'notify':
      return stepNotify;
    case 'fence':
      return stepFence;
    case 'special':
      return known(SPECIAL[mnemonic], `rule of ${mnemonic}`)(readings);
    default:
      return assertNever(meaning);
  }
}

/** The reduction relation under a reading of the design switches. */
export function reductions(readings: Readings): Reduce {
  const plainRules = new Map(INSTRUCTIONS.filter(hasRule).map((row) => [row.mnemonic, ruleOfRow(row, readings)]));

  function ofInstr(instr: Instr): Reduction {
    switch (instr.kind) {
      case 'plain':
        return atInstr(known(plainRules.get(instr.op), `rule of ${instr.op}`), instr);
      case 'block':
        return atInstr(stepBlock, instr);
      case 'loop':
        return atInstr(stepLoop, instr);
      case 'if':
        return atInstr(stepIf, instr);
      case 'try_table':
        throw new Bug('try_table is not executed');
      default:
        return assertNever(instr);
    }
  }

  return (z) => {
    if (z.admin !== null) return ofAdmin(plain(z.admin));
    const { code, next } = labelOf(z);
    const instr = code.it[next];
    if (instr !== undefined) return ofInstr(instr);
    return frameOf(z).labels.length > 1 ? atEnd(stepLabel) : atEnd(stepFrame);
  };
}

function ofAdmin(admin: Admin): Reduction | null {
  switch (admin.kind) {
    case 'invoke':
      return admin.func.it.kind === 'wasm' ? atAdmin(stepInvoke, admin) : atAdmin(stepInvokeHost, admin);
    case 'host':
      return atAdmin(stepHostReturn, admin);
    case 'copy':
      return atAdmin(stepCopySource, admin);
    case 'trap':
    case 'done':
      return null;
    default:
      return assertNever(admin);
  }
}

function at<R>(rule: Rule<R>, redex: R, instr: Instr | null, take: (z: Config) => void): Reduction {
  return {
    id: rule.id,
    source: rule.source,
    instr,
    ask: (z) => rule.ask?.(z, redex) ?? null,
    step(z, answer) {
      take(z);
      rule.step(z, redex, answer);
    },
  };
}

function atInstr<I extends Instr>(rule: Rule<I>, instr: I): Reduction {
  return at(rule, instr, instr, (z) => {
    labelOf(z).next += 1;
  });
}

function atAdmin<A extends Admin>(rule: Rule<A>, admin: A): Reduction {
  return at(rule, admin, null, (z) => {
    z.admin = null;
  });
}

function atEnd(rule: Rule<null>): Reduction {
  return at(rule, null, null, () => {});
}

/** Every reduction rule with its source, in the order of the instruction table; administrative ones last. */
export const EXECUTION_RULES: readonly { readonly id: string; readonly source: string }[] = [
  ...new Set([
    stepBlock,
    stepLoop,
    stepIf,
    ...INSTRUCTIONS.filter(hasRule).map((row) => ruleOfRow(row, DEFAULT_READINGS)),
    stepLabel,
    stepFrame,
    stepInvoke,
    stepInvokeHost,
    stepHostReturn,
    stepCopySource,
  ]),
].map(({ id, source }) => ({ id, source }));
