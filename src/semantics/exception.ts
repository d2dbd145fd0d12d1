import { assert, known } from '../base/assert.ts';
import type { Catch, Instr, PlainInstr } from '../syntax/module.ts';
import type { Value } from '../syntax/values.ts';
import { NULL } from '../syntax/values.ts';
import type { TagInst } from '../runtime/instance.ts';
import type { Reference } from '../runtime/references.ts';
import { Atom } from './atom.ts';
import type { Admin, State } from './config.ts';
import { frameOf, labelOf } from './config.ts';
import { branch, enter, signatureOf } from './control.ts';
import { leaveFrame } from './frames.ts';
import { idOf, pop, popMany, push } from './operands.ts';
import type { Rule } from './rule.ts';
import { indexOf, siteOf, trap } from './rule.ts';

/**
 * Exceptions [core, Control Instructions, Exception Handlers]. One is a tag with arguments, behind a reference; throw′ r stands for
 * `r throw_ref` with r not null. Traps are no exceptions: nothing catches them.
 */

type TryTable = Extract<Instr, { kind: 'try_table' }>;
type Throw = Extract<Admin, { kind: 'throw' }>;

/**
 * @rule Step/try_table
 *
 *     f; v^m (try_table bt c* e*) ↪ f; handler{c*} label_n{ε} v^m e* end end    (if bt is t1^m → t2^n)
 */
export const stepTryTable: Rule<TryTable> = {
  id: 'Step/try_table',
  source: 'core, Control Instructions',
  step(z, { type, catches, body }) {
    const { params, results } = signatureOf(z, type);
    enter(z, body, 'end', results.length, params.length, new Atom(catches));
  },
};

/**
 * @rule Step/throw
 *
 *     f; v^n (throw x) ↪ throw′ (ref.exn a)    (if a = exception of f.tag(x) : t^n → ε with v^n)
 */
export const stepThrow: Rule<PlainInstr> = {
  id: 'Step/throw',
  source: 'core, Control Instructions',
  step(z, instr) {
    const tag = tagOf(z, indexOf(instr));
    const args = popMany(z, tag.params.length);
    z.admin = { kind: 'throw', exception: frameOf(z).func.it.module.refs.exn(tag, args).id, site: siteOf(instr) };
  },
};

/**
 * @rule Step/throw_ref
 *
 *     (ref.null ht) throw_ref ↪ trap
 *     (ref.exn a) throw_ref   ↪ throw′ (ref.exn a)
 */
export const stepThrowRef: Rule<PlainInstr> = {
  id: 'Step/throw_ref',
  source: 'core, Control Instructions',
  step(z, instr) {
    const id = idOf(pop(z));
    if (id === NULL.id) trap(z, 'null exception reference', siteOf(instr));
    else z.admin = { kind: 'throw', exception: id, site: siteOf(instr) };
  },
};

/**
 * @rule Step/unwind
 *
 *     label_n{e*} v* (throw′ r) e′* end ↪ throw′ r
 *     frame_n{f} (throw′ r) end         ↪ throw′ r
 */
export const stepUnwind: Rule<Throw> = {
  id: 'Step/unwind',
  source: 'core, Throwing an exception, Exception Handlers',
  step(z, thrown) {
    const { labels } = frameOf(z);
    labels.pop();
    if (labels.length === 0) leaveFrame(z);
    z.admin = thrown;
  },
};

/**
 * Of the clauses of one handler the first counts that fits. They name labels as the code outside the try_table does.
 *
 * @rule Step/catch
 *
 *     handler{c* (catch x l) c′*} (throw′ r) end     ↪ v* (br l)      (if r is an exception of f.tag(x) with v*, no c fits)
 *     handler{c* (catch_ref x l) c′*} (throw′ r) end ↪ v* r (br l)    (if r is an exception of f.tag(x) with v*, no c fits)
 *     handler{c* (catch_all l) c′*} (throw′ r) end   ↪ br l           (if no c fits)
 *     handler{c* (catch_all_ref l) c′*} (throw′ r) end ↪ r (br l)     (if no c fits)
 *     handler{c*} (throw′ r) end                     ↪ throw′ r       (if no c fits)
 */
export const stepCatch: Rule<Throw> = {
  id: 'Step/catch',
  source: 'core, Exception Handlers',
  step(z, thrown) {
    const clauses = known(labelOf(z).handler, 'handler').it;
    frameOf(z).labels.pop();
    const exception = exceptionOf(z, thrown);
    const clause = clauses.find(({ tag }) => tag === null || tagOf(z, tag).key === exception.tag.key);
    if (clause === undefined) {
      z.admin = thrown;
      return;
    }
    push(z, ...caught(clause, exception.args, thrown.exception));
    branch(z, clause.label);
  },
};

/** What a clause gives to its label. */
function caught({ kind }: Catch, args: readonly Value[], id: number): readonly Value[] {
  const reference: Value = { type: 'ref', id };
  switch (kind) {
    case 'catch':
      return args;
    case 'catch_ref':
      return [...args, reference];
    case 'catch_all':
      return [];
    case 'catch_all_ref':
      return [reference];
  }
}

/**
 * @rule Step/uncaught
 *
 *     throw′ r ↪ trap    (if no frame is there)
 */
export const stepUncaught: Rule<Throw> = {
  id: 'Step/uncaught',
  source: 'core, Invocation (an exception as a result)',
  step(z, { exception, site }) {
    z.admin = { kind: 'trap', reason: 'uncaught exception', site, exception, cause: null };
  },
};

/** The rule for an exception where it is now. */
export function throwRule(z: State): Rule<Throw> {
  if (z.frame === null) return stepUncaught;
  return labelOf(z).handler === null ? stepUnwind : stepCatch;
}

function tagOf(z: State, x: number): TagInst {
  return known(frameOf(z).func.it.module.tags[x], 'tag');
}

function exceptionOf(z: State, { exception }: Throw): Extract<Reference, { kind: 'exn' }> {
  const reference = frameOf(z).func.it.module.refs.get(exception);
  assert(reference.kind === 'exn', 'an exception');
  return reference;
}
