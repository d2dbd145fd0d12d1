import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Grammar } from 'ohm-js';
import { extractExamples } from 'ohm-js/extras';
import { describe, expect, test } from 'vitest';
import { staleGrammars } from '../../../scripts/build-grammars.ts';
import { INSTRUCTIONS } from '../../../src/syntax/instructions.ts';
import { unitOf } from '../../../src/text/classes.ts';
import { litmusGrammar, moduleGrammar, scriptGrammar } from '../../../src/text/grammars.ts';
import { tokenize } from '../../../src/text/tokenize.ts';
import { tokenText } from '../../../src/text/tokens.ts';

/** The units of an example, in which `{field}` and other classes stand for themselves; null if it has no tokens' form. */
function unitsOf(example: string): string | null {
  const tokens = tokenize(example.replaceAll(/\{([a-z-]+)\}/g, 'class:$1'));
  if (!tokens.ok) return null;
  return Array.from(tokens.value.units, (unit, i) => {
    const text = tokenText(tokens.value, i);
    return String.fromCharCode(text.startsWith('class:') ? unitOf(`{${text.slice('class:'.length)}}`) : unit);
  }).join('');
}

const FILES: readonly (readonly [string, () => Grammar])[] = [
  ['module.ohm', moduleGrammar],
  ['script.ohm', scriptGrammar],
  ['litmus.ohm', litmusGrammar],
];

describe.each(FILES)('grammar/%s', (file, grammar) => {
  const source = readFileSync(fileURLToPath(new URL(`../../../grammar/${file}`, import.meta.url)), 'utf8');
  // The grammars extend each other; for reading the comments alone the name of the extended one does not matter.
  const examples = extractExamples(source);

  test('has examples of both kinds', () => {
    expect(examples.filter((e) => e.shouldMatch).length).toBeGreaterThan(3);
    expect(examples.filter((e) => !e.shouldMatch).length).toBeGreaterThan(3);
  });

  test.each(examples)('$rule of "$example": $shouldMatch', ({ rule, example, shouldMatch }) => {
    const units = unitsOf(example);
    expect(units !== null && grammar().match(units, rule).succeeded()).toBe(shouldMatch);
  });
});

describe('generated/', () => {
  test('is what the grammars give', () => {
    expect(staleGrammars()).toEqual([]);
  });

  test('has a class for the immediates of every instruction', () => {
    for (const row of INSTRUCTIONS) expect(unitOf(`{${row.immediates}}`), row.mnemonic).not.toBe(unitOf('no class'));
  });
});
