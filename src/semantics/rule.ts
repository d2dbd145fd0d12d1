import { assert } from '../base/assert.ts';
import type { Request, Response, Site } from '../event/request.ts';
import type { Instr, PlainInstr } from '../syntax/module.ts';
import type { Config, State } from './config.ts';

/**
 * A reduction rule for one form of redex `R`. The relation of the paper is labelled with the actions of the step,
 * whose values read are arbitrary; here the label is split in two: `ask` is the action with what is read left open,
 * and `step` reduces once the world has answered.
 */
export interface Rule<R> {
  /** `Step/load`. */
  readonly id: string;
  readonly source: string;
  /** What the redex asks of the world; null, or no `ask` at all: it reduces silently. Looks, never touches. */
  readonly ask?: (z: State, redex: R) => Request | null;
  /**
   * Reduces the redex, which has been taken out of the configuration; its operands have not. `answer` is null iff
   * nothing was asked.
   */
  readonly step: (z: Config, redex: R, answer: Response | null) => void;
}

/** Ends the thread. */
export function trap(z: Config, reason: string, site: Site): void {
  z.admin = { kind: 'trap', reason, site };
}

/** Where an instruction's requests come from; `shows` says how what it reads is shown. */
export function siteOf(instr: Instr, shows: string | null = null): Site {
  return { at: instr.at, text: instr.kind === 'plain' ? instr.op : instr.kind, shows };
}

/** The index that is the instruction's only immediate. */
export function indexOf(instr: PlainInstr): number {
  assert(instr.imm.kind === 'index', `${instr.op} has an index`);
  return instr.imm.x;
}

/** The answer, which must be of this kind. */
export function expect<K extends Response['kind']>(answer: Response | null, kind: K): Extract<Response, { kind: K }> {
  assert(answer?.kind === kind, `an answer of kind ${kind}, not ${answer?.kind ?? 'none'}`);
  return answer as Extract<Response, { kind: K }>;
}
