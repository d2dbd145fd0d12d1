import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { known } from '../../src/base/assert.ts';
import { Source } from '../../src/base/span.ts';
import type { BexInstance } from '../../src/litmus/bex/load.ts';
import { emmeOutcome, loadBex } from '../../src/litmus/bex/load.ts';
import type { Model } from '../../src/model/model.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { CORPORA } from './corpora.ts';
import { exploreProgram } from './explore-file.ts';

/** EMME's stored outcome sets of the instances of its example programs, compared with ours [proofs-notes/emme.md]. */

/** A line of outcomes.jsonl: an outcome is `id4_R_t2: 0;id5_R_t2: 1`, sorted here. */
export interface EmmeRow {
  readonly test: string;
  /** From 1; null for a program without parameters. */
  readonly instance: number | null;
  readonly outcomes: readonly string[];
}

export type EmmeComparison = { readonly test: string; readonly instance: number | null } & (
  | { readonly kind: 'same' }
  /** The corpus has the outcomes and not the program. */
  | { readonly kind: 'no program' }
  /** Some access is of a float, with which EMME does as it should not (proofs-notes/emme.md). */
  | { readonly kind: 'floats' }
  | { readonly kind: 'differs'; readonly ours: readonly string[]; readonly theirs: readonly string[] }
);

const folder = join(CORPORA, 'emme');

export function emmeRows(): readonly EmmeRow[] {
  const lines = readFileSync(join(folder, 'outcomes.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { outcomes, ...row } = JSON.parse(line) as EmmeRow;
    return { ...row, outcomes: outcomes.map((outcome) => outcome.split(';').sort().join(';')).sort() };
  });
}

/** Compares instances; `kept` holds the programs that were read. */
export function compareWithEmme(
  { test, instance, outcomes: theirs }: EmmeRow,
  model: string | Model,
  kept: Map<string, readonly BexInstance[]> = new Map(),
): EmmeComparison {
  const path = join(folder, 'examples', `${test}.bex`);
  if (!existsSync(path)) return { test, instance, kind: 'no program' };
  const text = readFileSync(path, 'utf8');
  if (/-F(32|64)\b/.test(text)) return { test, instance, kind: 'floats' };
  const instances = kept.get(path) ?? load(path, text);
  kept.set(path, instances);
  const ours = outcomesOf(known(instances[indexOf(instances, instance ?? 1)], 'instance'), model);
  if (ours.length === theirs.length && ours.every((outcome, i) => outcome === theirs[i]))
    return { test, instance, kind: 'same' };
  return { test, instance, kind: 'differs', ours, theirs };
}

/**
 * Whether EMME's outcomes of an instance with floats are among ours, printed as EMME does: what it has is right, and what it lacks are torn floats.
 * Takes seconds where doubles are read from singles.
 */
export function floatsAreWithin(
  { test, instance, outcomes: theirs }: EmmeRow,
  model: string | Model,
  kept: Map<string, readonly BexInstance[]> = new Map(),
): boolean {
  const path = join(folder, 'examples', `${test}.bex`);
  const instances = kept.get(path) ?? load(path, readFileSync(path, 'utf8'));
  kept.set(path, instances);
  const ours = new Set(outcomesOf(known(instances[indexOf(instances, instance ?? 1)], 'instance'), model));
  return theirs.every((outcome) => ours.has(outcome));
}

function load(path: string, text: string): readonly BexInstance[] {
  const loaded = loadBex(new Source(path, text), DEFAULT_READINGS);
  if (!loaded.ok) throw new Error(`${path}: ${loaded.error[0]?.message ?? ''}`);
  return loaded.value;
}

function outcomesOf(instance: BexInstance, model: string | Model): readonly string[] {
  const { outcomes, complete } = exploreProgram(instance.program, model);
  if (!complete) throw new Error('a bound was reached');
  const texts = outcomes.map((outcome) =>
    [...emmeOutcome(instance, outcome).values]
      .map(([name, value]) => `${name}: ${printed(value)}`)
      .sort()
      .join(';'),
  );
  return [...new Set(texts)].sort();
}

/** A value as EMME prints it: `512`, `0.0078`. */
function printed(value: string): string {
  const [, type, sign, whole = '0', fraction = '', exponent] =
    /^(\w+) (-?)0x(\d)(?:\.([\da-f]+))?p([+-]\d+)$/.exec(value) ?? [];
  if (type === undefined) return value.replace(/^\w+ /, '');
  const digits = Number.parseInt(whole + fraction, 16) / 16 ** fraction.length;
  return (digits * 2 ** Number(exponent) * (sign === '-' ? -1 : 1)).toFixed(4);
}

/**
 * The place of EMME's instance k (from 1) among ours. Its parameters stand in the order in which Python 2 keeps a dictionary of up to five keys,
 * ours in the order of the text; the last varies fastest in both.
 */
function indexOf(instances: readonly BexInstance[], k: number): number {
  const names = [...known(instances[0], 'instance').bindings.keys()];
  const sizes = new Map(names.map((name) => [name, new Set(instances.map((i) => i.bindings.get(name))).size]));
  const digits = new Map<string, number>();
  let rest = k - 1;
  for (const name of names.toSorted((a, b) => python2Slot(b) - python2Slot(a))) {
    const size = known(sizes.get(name), name);
    digits.set(name, rest % size);
    rest = Math.floor(rest / size);
  }
  return names.reduce((index, name) => index * known(sizes.get(name), name) + known(digits.get(name), name), 0);
}

/** Where a dictionary of eight slots keeps a string, none of EMME's parameters being in another's way [CPython 2.7, string_hash]. */
function python2Slot(key: string): number {
  let hash = BigInt(key.charCodeAt(0)) << 7n;
  for (let i = 0; i < key.length; i++) hash = BigInt.asUintN(64, hash * 1_000_003n) ^ BigInt(key.charCodeAt(i));
  return Number((hash ^ BigInt(key.length)) & 7n);
}
