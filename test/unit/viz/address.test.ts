import { beforeEach, describe, expect, test } from 'vitest';
import { addPart, addressOf, openAddress } from '../../../viz/state/address.ts';
import { models, name, selection, text, view } from '../../../viz/state/state.ts';

describe('the address of the playground', () => {
  beforeEach(() => {
    [text.value, name.value, models.value, view.value] = ['', 'program.wast', ['wasm'], 'outcomes'];
    selection.value = null;
  });

  test('holds what is on the page', () => {
    text.value = '(module) ;; “é”';
    models.value = ['wasm', 'sc'];
    view.value = 'execution';
    selection.value = { model: 'sc', outcome: '[]', number: 2 };
    const address = addressOf();
    expect(address).toMatch(/^#1[\w-]+$/);
    [text.value, models.value, view.value, selection.value] = ['', ['sc'], 'why', null];
    expect(openAddress(address)).toBe(null);
    expect([text.value, models.value, view.value]).toEqual(['(module) ;; “é”', ['wasm', 'sc'], 'execution']);
    expect(selection.value).toEqual({ model: 'sc', outcome: '[]', number: 2 });
  });

  test('that is damaged, or of a newer page, is told and changes nothing', () => {
    text.value = 'mine';
    const address = addressOf();
    expect(openAddress(address.slice(0, 12))).toContain('damaged');
    expect(openAddress(`#1${'A'.repeat(40)}`)).toContain('damaged');
    expect(openAddress('#2abc')).toContain('newer');
    expect(openAddress('#x')).toContain('none of this page’s');
    expect(openAddress('')).toBe(null);
    expect(text.value).toBe('mine');
  });

  test('tells a room that is loaded later what it holds, and keeps it until then', () => {
    let mine: unknown = 'something';
    const room = { key: 'a room', read: () => mine, write: (value: unknown) => void (mine = value) };
    addPart(room);
    const address = addressOf();
    mine = null;
    expect(openAddress(address)).toBe(null);
    expect(mine).toBe('something');
    addPart({ ...room, write: (value) => void (mine = [value]) });
    expect(mine).toEqual(['something']);
  });
});
