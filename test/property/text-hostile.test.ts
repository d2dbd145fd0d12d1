import { describe, expect, test } from 'vitest';
import { Source } from '../../src/base/span.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { printModule } from '../../src/text/print-module.ts';
import { checkModule } from '../../src/valid/check.ts';
import { moduleFromSeed } from './generators/modules/module.ts';

/**
 * Hostile texts: what is read is a module, which is then checked, or a list of complaints at places within the text; nothing throws.
 * `npm run test:hostile` asks for more runs.
 */

const RUNS = Number(process.env['WEFT_HOSTILE'] ?? 1500);
const SEED = 20_261_127;
const MODULES = 20;
/** Every so many characters a text is cut, so that the default run stays short. */
const STRIDE = process.env['WEFT_HOSTILE'] === undefined ? 23 : 1;

const texts = Array.from({ length: MODULES }, (_, i) => printModule(moduleFromSeed(SEED + i, { size: 6 })));
const TOKEN = /\s+|"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g;
const tokens = texts.map((text) => text.match(TOKEN) ?? []);

type Pick = (below: number) => number;

function random(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Reads and checks; whether it is a module, valid or not. */
function answered(text: string, what: string): boolean {
  const parsed = parseModule(new Source('hostile.wat', text));
  if (parsed.ok) {
    checkModule(parsed.value, DEFAULT_READINGS);
    return true;
  }
  if (parsed.error.length === 0) throw new Error(`${what}: neither a module nor a complaint`);
  for (const { at, message } of parsed.error)
    if (!(at.start >= 0 && at.start <= at.end && at.end <= text.length))
      throw new Error(`${what}: "${message}" at ${at.start} to ${at.end} of ${text.length}: ${text}`);
  return false;
}

/** A token taken out, doubled, swapped with another, or replaced by one of another module. */
function mutatedTokens(own: readonly string[], pick: Pick): string {
  const all = [...own];
  for (let changes = 1 + pick(3); changes > 0; changes--) {
    const [i, j] = [pick(all.length), pick(all.length)];
    const others = tokens[pick(tokens.length)] ?? [];
    switch (pick(4)) {
      case 0:
        all.splice(i, 1);
        break;
      case 1:
        all.splice(i, 0, all[j] ?? '');
        break;
      case 2:
        [all[i], all[j]] = [all[j] ?? '', all[i] ?? ''];
        break;
      default:
        all[i] = others[pick(others.length)] ?? '';
    }
  }
  return all.join('');
}

/** Characters changed to any, most of them such as the text has. */
function mutatedCharacters(text: string, pick: Pick): string {
  let changed = text;
  for (let changes = 1 + pick(4); changes > 0; changes--) {
    const at = pick(changed.length);
    const char = pick(4) === 0 ? String.fromCharCode(pick(0x300)) : (text[pick(text.length)] ?? '');
    changed = `${changed.slice(0, at)}${char}${changed.slice(at + pick(3))}`;
  }
  return changed;
}

describe('parseModule and checkModule answer', () => {
  test('the modules themselves', () => {
    for (const text of texts) expect(answered(text, 'unchanged')).toBe(true);
  });

  test('beginnings of twenty modules', () => {
    for (const [i, text] of texts.entries())
      for (let length = 1; length < text.trimEnd().length; length += STRIDE)
        expect(answered(text.slice(0, length), `${length} characters of module ${i}`)).toBe(false);
  });

  test.each([
    ['tokens', (i: number, pick: Pick) => mutatedTokens(tokens[i] ?? [], pick)],
    ['characters', (i: number, pick: Pick) => mutatedCharacters(texts[i] ?? '', pick)],
  ] as const)(`${RUNS} modules with changed %s`, (_, mutated) => {
    let accepted = 0;
    for (let run = 0; run < RUNS; run++) {
      const pick = random(SEED + run);
      if (answered(mutated(pick(MODULES), pick), `run ${run}`)) accepted++;
    }
    // Both answers occur, so that neither is taken for granted.
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(RUNS);
  });
});
