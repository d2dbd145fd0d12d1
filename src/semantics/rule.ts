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
  z.admin = { kind: 'trap', reason, site, exception: null, cause: null };
}

/** What an instruction comes to once its operands have been looked at: an event, a trap before it, or neither. */
export interface Attempt {
  readonly request: Request | null;
  /** Why it traps: at once if it asks nothing, else if the answer is that it was out of bounds. Null: it does not trap. */
  readonly trap: string | null;
  readonly site: Site;
}

/** Whether the attempt succeeds with this answer; traps if not. */
export function succeeds(z: Config, attempt: Attempt, answer: Response | null): boolean {
  if (attempt.trap === null || (attempt.request !== null && answer?.kind !== 'out-of-bounds')) return true;
  trap(z, attempt.trap, attempt.site);
  return false;
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

/** The two indices that are its immediates. */
export function pairOf({ op, imm }: PlainInstr): { readonly x: number; readonly y: number } {
  assert(imm.kind === 'index-pair', `${op} has two indices`);
  return imm;
}

/** The answer, which must be of this kind. */
export function expect<K extends Response['kind']>(answer: Response | null, kind: K): Extract<Response, { kind: K }> {
  assert(answer?.kind === kind, `an answer of kind ${kind}, not ${answer?.kind ?? 'none'}`);
  return answer as Extract<Response, { kind: K }>;
}
