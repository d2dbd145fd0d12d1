import { NOWHERE } from '../../../../src/base/span.ts';
import { INSTRUCTIONS, type InstructionRow } from '../../../../src/syntax/instructions.ts';
import type { Catch } from '../../../../src/syntax/module.ts';
import type { ValType } from '../../../../src/syntax/types.ts';
import { add, addBlock, addTry, type Body } from './body.ts';
import { someTag } from './control.ts';
import { funcType, plain } from './environment.ts';
import { type Features, hasInstruction } from './features.ts';
import { instance } from './instances.ts';
import { matchOps, type Op, refTo } from './matching.ts';
import { someTypes } from './value-types.ts';

/** Sequences of random instructions. */

/** Rows by what they are about, so that the many of one kind do not crowd out the few of another. */
function kindOf({ mnemonic: op, immediates, meaning, source, opcode, signature }: InstructionRow): string {
  if (meaning.kind === 'numeric') return 'numeric';
  if (opcode[0] === 0xfd) return op.includes('relaxed_') ? 'relaxed' : 'vector';
  if (op.startsWith('struct.')) return 'struct';
  if (op.startsWith('array.')) return 'array';
  if (op.startsWith('table.') || op.startsWith('elem.')) return 'table';
  if (immediates.endsWith('memarg')) return source === 'threads' ? 'atomic' : 'memory';
  if (op.startsWith('ref.') || op.startsWith('i31.') || op.includes('convert_')) return 'reference';
  if (op.startsWith('local.') || op.startsWith('global.')) return 'variable';
  if (op.startsWith('br') || op.includes('call')) return 'branch';
  return signature === null ? 'control' : 'rest';
}

const rowsByFeatures = new WeakMap<Features, readonly (readonly InstructionRow[])[]>();

function rowGroups(features: Features): readonly (readonly InstructionRow[])[] {
  const known = rowsByFeatures.get(features);
  if (known !== undefined) return known;
  const byKind = new Map<string, InstructionRow[]>();
  for (const row of INSTRUCTIONS) {
    if (!hasInstruction(features, row)) continue;
    const kind = kindOf(row);
    byKind.set(kind, [...(byKind.get(kind) ?? []), row]);
  }
  const groups = [...byKind.values()].flatMap((group) => Array.from({ length: 1 + group.length / 50 }, () => group));
  rowsByFeatures.set(features, groups);
  return groups;
}

/** Adds up to about `steps` instructions, blocks among them. */
export function fill(b: Body, steps: number, depth: number): void {
  for (let i = 0; i < steps && b.fuel > 0; i++) step(b, depth);
}

function step(b: Body, depth: number): void {
  const { c, features } = b.env;
  if (depth > 0 && c.chance(1, 8)) return block(b, depth);
  if (depth > 0 && features.exceptions && c.chance(1, 24)) return tryTable(b, depth);
  if (b.poly && b.ops.length === 0 && features.gc && c.chance(1, 4)) return bottom(b);
  for (let tries = 0; tries < 4; tries++) {
    const row = c.pick(c.pick(rowGroups(features)));
    const inst = instance(b, row);
    // What never goes on makes the rest unreachable: rarely, and most often near an end.
    if (inst === null || (inst.never === true && !c.chance(1, b.env.runs ? 16 : 3))) continue;
    return add(b, inst, depth);
  }
}

function wish(b: Body): { shared: boolean; known: number } {
  return { shared: b.shared, known: b.env.types.length };
}

function block(b: Body, depth: number): void {
  const { c } = b.env;
  const kind = c.pick(['block', 'loop', 'if'] as const);
  const params = c.chance(1, 2) ? someTypes(b.env, wish(b), 2) : [];
  const results = c.chance(1, 3) ? params : someTypes(b.env, wish(b), 2);
  addBlock(b, kind, params, results, () => fill(b, c.below(5), depth - 1), depth);
}

/** A try_table in a block that takes what one of its clauses catches; other clauses go to any label that takes it. */
function tryTable(b: Body, depth: number): void {
  const { c } = b.env;
  const first = someCatch(b);
  if (first === null) return;
  const inside = (): void => {
    const catches: Catch[] = [{ ...first.clause, label: 0 }];
    for (let i = c.below(3); i > 0; i--) {
      const more = someCatch(b);
      if (more === null) continue;
      const labels = b.labels.flatMap((types, l) =>
        matchOps(b.env, more.given, types) ? [b.labels.length - 1 - l] : [],
      );
      const label = c.maybe(labels);
      if (label !== null) catches.push({ ...more.clause, label });
    }
    const params = c.chance(1, 3) ? someTypes(b.env, wish(b), 1) : [];
    const results = c.chance(1, 2) ? first.given : someTypes(b.env, wish(b), 1);
    addTry(b, catches, params, results, () => fill(b, c.below(4), depth - 1), depth - 1);
  };
  addBlock(b, 'block', [], first.given, inside, depth);
}

interface Catching {
  readonly clause: Catch;
  /** The types of what it puts on the stack. */
  readonly given: readonly ValType[];
}

/** In shared code a clause that gives the exception must be one of a tag: what `catch_all_ref` catches is not known to be shared. */
function someCatch(b: Body): Catching | null {
  const { c } = b.env;
  const kinds = b.shared
    ? (['catch_all', 'catch', 'catch_ref'] as const)
    : (['catch_all', 'catch', 'catch_ref', 'catch_all_ref'] as const);
  const kind = c.pick(kinds);
  const clause = { kind, label: 0, at: NOWHERE };
  const nullable = !b.env.features.gc || !c.chance(1, 2);
  if (kind === 'catch_all') return { clause: { ...clause, tag: null }, given: [] };
  if (kind === 'catch_all_ref')
    return { clause: { ...clause, tag: null }, given: [refTo('exn', 'unshared', nullable)] };
  const tag = someTag(b);
  if (tag === null) return null;
  const { params, share } = funcType(b.env, b.env.tags[tag] as number);
  const given = kind === 'catch' ? params : [...params, refTo('exn', share, nullable)];
  return { clause: { ...clause, tag }, given };
}

/** Instructions on operands of an unreachable, empty stack, whose results are known in part only. */
function bottom(b: Body): void {
  const { c } = b.env;
  const push = (op: string, result: Op): void => {
    b.out.push(plain(op));
    b.ops.push(result);
  };
  switch (c.below(5)) {
    case 0:
      return push('ref.as_non_null', 'botref');
    case 1:
      return push('any.convert_extern', { kind: 'botshare', nullable: false, name: 'any' });
    case 2:
      return push('extern.convert_any', { kind: 'botshare', nullable: false, name: 'extern' });
    case 3: {
      b.out.push(plain('select', { kind: 'result-types', types: null }));
      b.ops.push('bot');
      return;
    }
    default:
      b.out.push(plain('drop'));
  }
}
