import type { PlainInstr } from '../../syntax/module.ts';
import { label, type Context } from './context.ts';
import type { Scheme, Variables } from './form.ts';
import {
  abstract,
  BOT_HEAP,
  isRef,
  refNull,
  type HeapTerm,
  type RefTerm,
  type ResultTerm,
  type TermShare,
  type ValTerm,
} from './terms.ts';

/** From the least: a share that fits gives the least result. */
const SHARES: readonly TermShare[] = ['bot', 'unshared', 'shared'];

/** The greatest reference types, one of which is above each. */
const TOPS: readonly RefTerm[] = (['any', 'func', 'extern', 'exn', 'waitqueue'] as const).flatMap((name) =>
  (['unshared', 'shared'] as const).map((share) => refNull(abstract(share, name))),
);

/** The heap type of an operand that must be a reference. */
function heapOf(t: ValTerm): readonly HeapTerm[] {
  if (t === 'bot') return [BOT_HEAP];
  return isRef(t) ? [t.heap] : [];
}

/**
 * The assignments of a rule's metavariables that may fit what is on the stack, the least first. `peek` gives the top n operands, null
 * if there are not as many.
 */
export function choicesFor(
  C: Context,
  instr: PlainInstr,
  { variables }: Scheme,
  peek: (n: number) => ResultTerm | null,
): readonly Variables[] {
  const top = (n: number): ValTerm => peek(n + 1)?.[0] ?? 'bot';
  const has = (name: keyof Variables): boolean => variables.includes(name);
  if (has('bound')) {
    const t = top(1) === 'bot' ? top(2) : top(1);
    return [{ t, bound: t === 'bot' ? 'i32' : t }];
  }
  if (has('t')) return peek(1) === null ? [] : [{ t: top(0) }];
  if (has('ht')) return heapOf(top(0)).map((ht) => ({ ht }));
  if (has('rt')) return TOPS.map((rt) => ({ rt }));
  if (has('ts')) {
    const { imm } = instr;
    const arity = imm.kind === 'labels' ? (label(C, imm.labels.at(-1) ?? 0)?.length ?? 0) : 0;
    const ts = peek(arity + 1)?.slice(0, -1);
    return ts === undefined ? [] : [{ ts }];
  }
  if (has('nullable')) return SHARES.flatMap((s) => [false, true].map((nullable) => ({ s, nullable })));
  return has('s') ? SHARES.map((s) => ({ s })) : [{}];
}
