import type { Module } from '../syntax/module.ts';
import type { Limits } from '../syntax/types.ts';

/**
 * Where what the official suites expect is said in other words here, or is no longer true. A suite's expected text otherwise begins our
 * message or stands in it.
 */
export interface MessageRow {
  /** The suite's words. */
  readonly expected: string;
  /** Our message. */
  readonly ours: RegExp;
  /** Why the two are the same complaint. */
  readonly reason: string;
}

const NAMED = 'ours names the instruction where the suite says "instruction"';
const TOOLS = 'the suite has the words of wasm-tools; ours are those of the core suite, for the same rule';

export const MESSAGE_ROWS: readonly MessageRow[] = [
  {
    expected: 'type mismatch: instruction requires [i32] but stack has []',
    ours: /^type mismatch: throw\b.* requires \[i32\] but stack has \[\]/,
    reason: NAMED,
  },
  {
    expected: 'type mismatch: instruction requires [i32] but stack has [i64]',
    ours: /^type mismatch: throw\b.* requires \[i32\] but stack has \[i64\]/,
    reason: NAMED,
  },
  {
    expected: 'expected subtype of eq, found any',
    ours: /^type mismatch: ref\.eq requires .*any\)\)\]/,
    reason: TOOLS,
  },
  {
    expected: 'expected subtype of array, found any',
    ours: /^type mismatch: array\.len requires .*any\)\)\]/,
    reason: TOOLS,
  },
  {
    expected: 'expected (shared anyref), found (ref (shared extern))',
    ours: /^type mismatch: ref\.cast requires \[\(shared anyref\)\] but stack has \[\(ref \(bot-share extern\)\)\]/,
    reason: `${TOOLS}; the share of an unreachable reference is any, not shared`,
  },
  {
    expected: 'expected externref, found (ref any)',
    ours: /^type mismatch: ref\.cast requires \[externref\] but stack has \[\(ref \(bot-share any\)\)\]/,
    reason: `${TOOLS}; the share of an unreachable reference is any, not unshared`,
  },
  { expected: 'expected i32, found heap type', ours: /^type mismatch: i32\.eq requires/, reason: TOOLS },
  { expected: 'br_on_cast to label with empty types', ours: /^type mismatch: br_on_cast requires/, reason: TOOLS },
  { expected: 'expected a u64', ours: /^unexpected token \(/, reason: TOOLS },
];

/** What a script takes for an error that later versions of the language made right. */
export interface Superseded {
  readonly expected: string;
  /** Whether the module has what is no error any more. */
  readonly applies: (module: Module) => boolean;
  readonly reason: string;
}

const MAX_U32 = 0xffff_ffffn;

/** The scripts of proposals keep what the core language forbade when they were written. */
export const SUPERSEDED: readonly Superseded[] = [
  {
    expected: 'multiple memories',
    applies: (module) => count(module, 'memory') > 1,
    reason: 'superseded: a module may have several memories since Wasm 3.0',
  },
  {
    expected: 'multiple tables',
    applies: (module) => count(module, 'table') > 1,
    reason: 'superseded: a module may have several tables since Wasm 2.0',
  },
  {
    expected: 'i32 constant out of range',
    applies: (module) => limitsOf(module).some(({ min, max }) => min > MAX_U32 || (max ?? 0n) > MAX_U32),
    reason: 'superseded: limits are numbers of 64 bits since Wasm 3.0, so that such a module is invalid, not malformed',
  },
];

function count(module: Module, kind: 'memory' | 'table'): number {
  const defined = kind === 'memory' ? module.memories : module.tables;
  return defined.length + module.imports.filter((i) => i.desc.kind === kind).length;
}

function limitsOf(module: Module): readonly Limits[] {
  const imported = module.imports.flatMap(({ desc }) =>
    desc.kind === 'memory' || desc.kind === 'table' ? [desc.type.limits] : [],
  );
  return [...imported, ...[...module.memories, ...module.tables].map(({ type }) => type.limits)];
}
