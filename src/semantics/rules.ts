import { assertNever, known } from '../base/assert.ts';
import type { Request, Response } from '../event/request.ts';
import { INSTRUCTIONS } from '../syntax/instructions.ts';
import type { Instr } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import { DEFAULT_READINGS } from '../syntax/readings.ts';
import { stepAllocate } from './array-bulk.ts';
import { stepCopySource, stepInitWrite } from './bulk.ts';
import { stepInvoke } from './call.ts';
import type { Admin, Config, State } from './config.ts';
import { frameOf, labelOf } from './config.ts';
import { stepBlock, stepFrame, stepIf, stepLabel, stepLoop } from './control.ts';
import { stepCatch, stepTryTable, stepUncaught, stepUnwind, throwRule } from './exception.ts';
import { stepHostReturn, stepInvokeAsking, stepInvokeHost } from './host.ts';
import { ruleOfRow } from './instruction-rules.ts';
import { plain } from './operands.ts';
import type { Rule } from './rule.ts';

/** A rule at its redex: what to do next in a configuration. */
export interface Reduction {
  readonly id: string;
  readonly source: string;
  readonly instr: Instr | null;
  readonly ask: (z: State) => Request | null;
  readonly step: (z: Config, answer: Response | null) => void;
}

/** Finds the reduction of a configuration; null if it is irreducible, `done` or `trap`. */
export type Reduce = (z: State) => Reduction | null;

/** The reduction relation under a reading of the design switches. */
export function reductions(readings: Readings): Reduce {
  const plainRules = new Map(INSTRUCTIONS.map((row) => [row.mnemonic, ruleOfRow(row, readings)]));
  const invokeAsking = stepInvokeAsking(readings);
  /** Those of instructions that were met before: an instruction is always reduced by the same rule. */
  const met = new WeakMap<Instr, Reduction>();

  function reductionOf(instr: Instr): Reduction {
    let reduction = met.get(instr);
    if (reduction === undefined) {
      reduction = ofInstr(instr);
      met.set(instr, reduction);
    }
    return reduction;
  }

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
        return atInstr(stepTryTable, instr);
      default:
        return assertNever(instr);
    }
  }

  function ofAdmin(z: State, admin: Admin): Reduction | null {
    switch (admin.kind) {
      case 'invoke': {
        const { it } = admin.func;
        if (it.kind === 'wasm') return atAdmin(stepInvoke, admin);
        return atAdmin(it.asks === undefined ? stepInvokeHost : invokeAsking, admin);
      }
      case 'host':
        return atAdmin(stepHostReturn, admin);
      case 'copy':
        return atAdmin(stepCopySource, admin);
      case 'init':
        return atAdmin(stepInitWrite, admin);
      case 'allocate':
        return atAdmin(stepAllocate, admin);
      case 'throw':
        return atAdmin(throwRule(z), admin);
      case 'trap':
      case 'done':
        return null;
      default:
        return assertNever(admin);
    }
  }

  return (z) => {
    if (z.admin !== null) return ofAdmin(z, plain(z.admin));
    const { code, next } = labelOf(z);
    const instr = code.it[next];
    if (instr !== undefined) return reductionOf(instr);
    return frameOf(z).labels.length > 1 ? LABEL_END : FRAME_END;
  };
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

const LABEL_END = atEnd(stepLabel);
const FRAME_END = atEnd(stepFrame);

/** Every reduction rule with its source, in the order of the instruction table; administrative ones last. */
export const EXECUTION_RULES: readonly { readonly id: string; readonly source: string }[] = [
  ...new Set([
    stepBlock,
    stepLoop,
    stepIf,
    stepTryTable,
    ...INSTRUCTIONS.map((row) => ruleOfRow(row, DEFAULT_READINGS)),
    stepLabel,
    stepFrame,
    stepCatch,
    stepUnwind,
    stepUncaught,
    stepInvoke,
    stepInvokeHost,
    stepInvokeAsking(DEFAULT_READINGS),
    stepHostReturn,
    stepCopySource,
    stepInitWrite,
    stepAllocate,
  ]),
].map(({ id, source }) => ({ id, source }));
