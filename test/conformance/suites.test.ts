import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Source } from '../../src/base/span.ts';
import type { StaticKind } from '../../src/litmus/judge-static.ts';
import { judgeStatic } from '../../src/litmus/judge-static.ts';
import { loadScript } from '../../src/litmus/load.ts';
import { wastJson } from '../../src/report/wast-json.ts';
import type { ScriptEntry } from '../../src/runtime/run-script.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { CORPORA, hasCorpora, scriptsIn } from '../support/corpora.ts';

/**
 * The official suites through `weft wast --only modules,malformed,invalid,unlinkable`: every module that a script wants valid is, and every other one
 * is refused for the script's reason. Counts are pinned, so that nothing is silently left out.
 */

interface Suite {
  readonly folder: string;
  readonly files: number;
  /** By kind of command: passed, and skipped for the reasons below. */
  readonly kinds: Readonly<Record<string, readonly [passed: number, skipped: number]>>;
}

const SUITES: readonly Suite[] = [
  {
    folder: 'core',
    files: 268,
    kinds: {
      module: [2684, 5],
      assert_invalid: [2803, 17],
      assert_malformed: [1961, 8],
      assert_malformed_custom: [19, 0],
      assert_invalid_custom: [1, 0],
      assert_unlinkable: [259, 0],
    },
  },
  {
    folder: 'threads',
    files: 13,
    kinds: {
      module: [55, 0],
      assert_invalid: [93, 0],
      assert_unlinkable: [4, 0],
    },
  },
  {
    folder: 'acquire-release',
    files: 1,
    kinds: {
      module: [1, 0],
      assert_malformed: [1, 0],
    },
  },
  {
    folder: 'shared-everything',
    files: 11,
    kinds: {
      module: [105, 0],
      assert_invalid: [158, 2],
      component: [0, 2],
      assert_malformed: [4, 0],
    },
  },
];

/** Everything that is skipped: how often, and why. */
const SKIPS: Readonly<Record<string, number>> = {
  'component-model text, which is no core Wasm': 4,
  'superseded: a module may have several memories since Wasm 3.0': 5,
  'superseded: a module may have several tables since Wasm 2.0': 3,
  'superseded: limits are numbers of 64 bits since Wasm 3.0, so that such a module is invalid, not malformed': 3,
  'uses legacy exception instructions (delegate), which are no part of Wasm 3.0': 1,
  'uses legacy exception instructions (rethrow), which are no part of Wasm 3.0': 2,
  'uses legacy exception instructions (try), which are no part of Wasm 3.0': 16,
};

const KINDS: ReadonlySet<StaticKind> = new Set(['modules', 'malformed', 'invalid', 'unlinkable']);

function judge(file: string): readonly ScriptEntry[] {
  const program = loadScript(new Source(relative(CORPORA, file), readFileSync(file, 'utf8')), DEFAULT_READINGS);
  if (!program.ok) throw new Error(`${file}: ${program.error[0]?.message}`);
  return judgeStatic(program.value, KINDS);
}

/** A script's text without comments, annotations that hold no parentheses, and what its strings hold. */
function skeleton(file: string): string {
  let text = readFileSync(file, 'latin1')
    .replace(/"(?:\\.|[^"\\])*"/gs, '""')
    .replace(/;;[^\n]*/g, '');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\(;(?:(?!\(;|;\)).)*;\)|\(@[^()]*\)/gs, '');
  }
  return text;
}

/** How often a script asserts something of a kind, and how many modules it has, counted without Weft's reader. */
function countForms(file: string): Readonly<Record<string, number>> {
  const text = skeleton(file);
  const counts: Record<string, number> = {};
  for (const [, kind = ''] of text.matchAll(/\(\s*(assert_(?:malformed|invalid|unlinkable)(?:_custom)?)\b/g))
    counts[kind] = (counts[kind] ?? 0) + 1;
  const modules = text.match(/(?<!\(\s*shared\s*)\(\s*module\b(?!\s+instance\b)/g)?.length ?? 0;
  const isFieldsAlone = /^\s*\((?:func|memory|type|global|table)\b/.test(text);
  return { ...counts, modules: modules + (isFieldsAlone ? 1 : 0) };
}

/** The same of what was judged: a module that is asserted to be wrong is counted by its assertion alone. */
function countEntries(entries: readonly ScriptEntry[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  let modules = 0;
  for (const entry of entries) {
    const { kind } = entry;
    if (kind.startsWith('assert_')) counts[kind] = (counts[kind] ?? 0) + 1;
    const isComponent = entry.status === 'skipped' && entry.reason.startsWith('component-model');
    if (kind !== 'assert_unlinkable' && !isComponent) modules++;
  }
  return { ...counts, modules };
}

describe.skipIf(!hasCorpora())('the official suites, by type alone', () => {
  const judged = new Map(SUITES.flatMap(({ folder }) => scriptsIn(folder)).map((file) => [file, judge(file)]));

  test.each(SUITES)('$folder: every verdict and reason agrees', ({ folder, files, kinds }) => {
    const scripts = scriptsIn(folder);
    const report = wastJson(
      scripts.length,
      scripts.flatMap((file) => judged.get(file) ?? []),
    );
    expect(report.failures).toEqual([]);
    expect(report.files).toBe(files);
    const counts = Object.entries(report.kinds).map(([kind, { passed, skipped }]) => [kind, [passed, skipped]]);
    expect(Object.fromEntries(counts)).toEqual(kinds);
  });

  test('what is skipped has a reason', () => {
    const skips: Record<string, number> = {};
    for (const entries of judged.values())
      for (const entry of entries) if (entry.status === 'skipped') skips[entry.reason] = (skips[entry.reason] ?? 0) + 1;
    expect(skips).toEqual(SKIPS);
  });

  test.each(SUITES)('$folder: no module and no assertion is left out', ({ folder }) => {
    for (const file of scriptsIn(folder))
      expect({ file, ...countEntries(judged.get(file) ?? []) }).toEqual({ file, ...countForms(file) });
  });
});
