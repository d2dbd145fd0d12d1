import { known } from '../base/assert.ts';
import type { Span } from '../base/span.ts';
import type { Expr, Instr, PlainInstr } from '../syntax/module.ts';
import type { Code, Linked } from './code.ts';
import { CALL_WORDS, wordsOf } from './code.ts';
import { indexOf } from './plan.ts';
import { OP, OPS } from './ops.ts';

/**
 * Which locals are dead where a thread may be suspended: no path from there reads them before it writes them. What they hold is no part of the thread's
 * state, so that a round of a loop that leaves nothing behind comes back to the same state.
 */

/** Locals as bits. */
type Locals = bigint;

/** Where a frame stands: at the operation that asks, or after a call that has not returned. */
export type Standing = 'asks' | 'calls';

interface Known {
  /** The locals that are live after the instruction at a place in the source; of all of them, where several share one. */
  readonly after: ReadonlyMap<Span, Locals>;
  /** What operations of the instruction read where locals are, as words. */
  readonly operands: ReadonlyMap<Span, readonly number[]>;
  readonly dead: Readonly<Record<Standing, Map<number, readonly number[]>>>;
}

const cache = new WeakMap<Code, Known>();

/** The words of the frame's dead locals. `pc`: of the operation that asks, or where the call returns to. */
export function deadWords(linked: Linked, standing: Standing, pc: number): readonly number[] {
  let found = cache.get(linked.code);
  if (found === undefined) {
    found = analyse(linked);
    cache.set(linked.code, found);
  }
  let words = found.dead[standing].get(pc);
  if (words === undefined) {
    words = dead(linked, found, standing === 'asks' ? pc : pc - CALL_WORDS);
    found.dead[standing].set(pc, words);
  }
  return words;
}

function dead({ func, code }: Linked, { after, operands }: Known, operation: number): readonly number[] {
  const at = code.sites.get(operation)?.at;
  const live = at === undefined ? undefined : after.get(at);
  if (at === undefined || live === undefined) return NONE;
  const used = operands.get(at) ?? NONE;
  const words: number[] = [];
  let word = 0;
  for (const [i, type] of [...func.type.params, ...func.code.locals.map((local) => local.type)].entries()) {
    const own = Array.from({ length: wordsOf(type) }, (_, k) => word + k);
    if (((live >> BigInt(i)) & 1n) === 0n && !own.some((w) => used.includes(w))) words.push(...own);
    word += own.length;
  }
  return words;
}

const NONE: readonly number[] = [];

function analyse({ func, code }: Linked): Known {
  const analysis = new Analysis();
  if (code.localWords > 0) analysis.sequence(func.code.body, 0n, [0n], 0n);
  const operands = new Map<Span, number[]>();
  for (const [pc, { at }] of code.sites) {
    const words = operandsAt(code, pc).filter((word) => word >= 0 && word < code.localWords);
    if (words.length > 0) operands.set(at, [...(operands.get(at) ?? []), ...words]);
  }
  return { after: analysis.after, operands, dead: { asks: new Map(), calls: new Map() } };
}

/** The words that an operation which asks, or one of the same instruction, reads. An operand of several words begins there. */
function operandsAt({ words }: Code, pc: number): readonly number[] {
  const op = known(words[pc], 'operation');
  if (op === OP.event) return [...words.subarray(pc + 4, pc + 7)];
  if (op === OP.silent) return [...words.subarray(pc + 3, pc + 6)];
  const name = known(OPS[op], 'operation');
  if (/^load\d/.test(name)) return [...words.subarray(pc + 4, pc + 5)];
  return /^store\d/.test(name) ? [...words.subarray(pc + 4, pc + 6)] : NONE;
}

/** From the end of the code to its beginning. `labels`: what is live where a branch goes on, innermost last; `caught`: where an exception goes on. */
class Analysis {
  readonly after = new Map<Span, Locals>();

  /** What is live before a sequence, given what is after it. */
  sequence(body: Expr, end: Locals, labels: readonly Locals[], caught: Locals): Locals {
    let live = end | caught;
    for (let i = body.length - 1; i >= 0; i--) {
      const instr = known(body[i], 'instruction');
      this.after.set(instr.at, (this.after.get(instr.at) ?? 0n) | live);
      live = this.#before(instr, live, labels, caught) | caught;
    }
    return live;
  }

  #before(instr: Instr, live: Locals, labels: readonly Locals[], caught: Locals): Locals {
    switch (instr.kind) {
      case 'plain':
        return beforePlain(instr, live, labels, caught);
      case 'block':
        return this.sequence(instr.body, live, [...labels, live], caught);
      case 'if':
        return (
          this.sequence(instr.then, live, [...labels, live], caught) |
          this.sequence(instr.else, live, [...labels, live], caught)
        );
      case 'loop':
        return this.#loop(instr.body, live, labels, caught);
      case 'try_table': {
        const handled = instr.catches.reduce((all, { label }) => all | labelled(labels, label), caught);
        return this.sequence(instr.body, live, [...labels, live], handled);
      }
    }
  }

  /** A branch to a loop's label goes on before it: a least fixed point. */
  #loop(body: Expr, end: Locals, labels: readonly Locals[], caught: Locals): Locals {
    let start = 0n;
    for (;;) {
      const before = this.sequence(body, end, [...labels, start], caught);
      if (before === start) return start;
      start = before;
    }
  }
}

function labelled(labels: readonly Locals[], label: number): Locals {
  return known(labels[labels.length - 1 - label], 'label');
}

function beforePlain({ op, imm }: PlainInstr, live: Locals, labels: readonly Locals[], caught: Locals): Locals {
  switch (op) {
    case 'local.get':
      return live | (1n << BigInt(indexOf(imm)));
    case 'local.set':
    case 'local.tee':
      return live & ~(1n << BigInt(indexOf(imm)));
    case 'br':
      return labelled(labels, indexOf(imm));
    case 'br_if':
    case 'br_on_null':
    case 'br_on_non_null':
      return live | labelled(labels, indexOf(imm));
    case 'br_on_cast':
    case 'br_on_cast_fail':
      return imm.kind === 'cast-branch' ? live | labelled(labels, imm.x) : live;
    case 'br_table':
      return imm.kind === 'labels' ? imm.labels.reduce((all, label) => all | labelled(labels, label), 0n) : live;
    case 'throw':
    case 'throw_ref':
      return caught;
    case 'return':
    case 'unreachable':
    case 'return_call':
    case 'return_call_indirect':
    case 'return_call_ref':
      return 0n;
    default:
      return live;
  }
}
