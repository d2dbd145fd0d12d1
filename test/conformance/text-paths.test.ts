import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Grammar } from 'ohm-js';
import { describe, expect, test } from 'vitest';
import { moduleGrammar } from '../../src/text/grammars.ts';
import { UNIT } from '../../src/text/classes.ts';
import { nestedView } from '../../src/text/nested-view.ts';
import { isModule } from '../../src/text/parse-module.ts';
import { childGroups } from '../../src/text/parentheses.ts';
import { tokenize } from '../../src/text/tokenize.ts';
import { type Tokens, closeOf, tokenText } from '../../src/text/tokens.ts';
import { type View, plainView } from '../../src/text/view.ts';
import { hasCorpora, scriptsIn } from '../support/corpora.ts';

/** What the regular expressions take as holes, the grammar alone takes as well, and what one refuses, so does the other. */

/** Tokens of a field that the grammar alone is given. */
const MAX_TOKENS = 400;

function matches(grammar: Grammar, view: View): boolean {
  return grammar.match(view.units, 'field').succeeded();
}

function takesHoles(grammar: Grammar, tokens: Tokens, open: number): boolean {
  const view = nestedView(tokens, open, closeOf(tokens, open), 'list');
  if ('tooDeepAt' in view || !matches(grammar, view)) return false;
  return view.holes.every(({ isMatched, first, last, unit }) => {
    if (isMatched) return true;
    const rule = unit === UNIT.run ? 'run' : 'folds';
    return grammar.match(plainView(tokens, first, last).units, rule).succeeded();
  });
}

/** The fields of the modules in a script, those of quoted ones included. */
function* fieldsIn(file: string): Generator<readonly [Tokens, number]> {
  const script = tokenize(readFileSync(file, 'utf8'));
  if (!script.ok) return;
  for (let i = 0; i < script.value.units.length; i++) {
    if (script.value.units[i] !== UNIT.open || !isModule(script.value, i)) continue;
    for (const field of childGroups(script.value, i)) yield [script.value, field];
    if (tokenText(script.value, i + 2) !== 'quote') continue;
    const strings: string[] = [];
    for (let k = i + 3; k < closeOf(script.value, i); k++) strings.push(tokenText(script.value, k).slice(1, -1));
    const quoted = tokenize(strings.join(' '));
    if (!quoted.ok) continue;
    for (let k = 0; k < quoted.value.units.length; k++) {
      if (quoted.value.units[k] !== UNIT.open) continue;
      yield [quoted.value, k];
      k = closeOf(quoted.value, k);
    }
  }
}

describe.skipIf(!hasCorpora())('holes change nothing', () => {
  test('in any field of the suites', () => {
    const grammar = moduleGrammar();
    const seen = new Set<string>();
    const counts = { taken: 0, refused: 0 };
    for (const file of [...scriptsIn('core'), ...scriptsIn('shared-everything'), ...scriptsIn('threads')]) {
      for (const [tokens, open] of fieldsIn(file)) {
        if (closeOf(tokens, open) - open > MAX_TOKENS) continue;
        const whole = plainView(tokens, open, closeOf(tokens, open));
        if (seen.has(whole.units)) continue;
        seen.add(whole.units);
        const alone = matches(grammar, whole);
        counts[alone ? 'taken' : 'refused']++;
        expect(takesHoles(grammar, tokens, open), `${basename(file)} ${tokenText(tokens, open + 1)}`).toBe(alone);
      }
    }
    expect(counts.taken).toBeGreaterThan(3000);
    expect(counts.refused).toBeGreaterThan(200);
  });

  test('in fields that lack a token or have one twice', () => {
    const grammar = moduleGrammar();
    const counts = { taken: 0, refused: 0 };
    let turn = 0;
    for (const file of [...scriptsIn('shared-everything'), ...scriptsIn('core').filter((_, i) => i % 4 === 0)]) {
      for (const [tokens, open] of fieldsIn(file)) {
        const length = closeOf(tokens, open) - open;
        if (length > MAX_TOKENS || ++turn % 3 !== 0) continue;
        const words = Array.from({ length: length + 1 }, (_, i) => tokenText(tokens, open + i));
        const at = 1 + ((turn * 7919) % (length - 1));
        const changed = tokenize(
          words.toSpliced(at, 1, ...(turn % 2 === 0 ? [] : [words[at] ?? '', words[at] ?? ''])).join(' '),
        );
        if (!changed.ok || closeOf(changed.value, 0) !== changed.value.units.length - 1) continue;
        const alone = matches(grammar, plainView(changed.value, 0, changed.value.units.length - 1));
        counts[alone ? 'taken' : 'refused']++;
        expect(takesHoles(grammar, changed.value, 0), changed.value.text).toBe(alone);
      }
    }
    expect(counts.taken).toBeGreaterThan(100);
    expect(counts.refused).toBeGreaterThan(500);
  });
});
