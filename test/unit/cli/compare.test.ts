import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compare } from '../../../src/cli/commands/compare.ts';
import { UsageError } from '../../../src/cli/exit.ts';

let out = '';

beforeEach(() => {
  out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
});

afterEach(() => vi.restoreAllMocks());

describe('weft compare', () => {
  test('exits 0 where the models are the same up to the bound', () => {
    expect(compare('wasm-oopsla19', 'models/wasm-oopsla19.cat', { events: 2, limit: 1 })).toBe(0);
    expect(out).toContain(
      'wasm-oopsla19 and models/wasm-oopsla19.cat are the same on all executions of up to 2 events',
    );
  });

  test('exits 1 where they differ, with the programs and their scripts', () => {
    expect(compare('js-es2018', 'wasm-oopsla19', { events: 3, limit: 1 })).toBe(1);
    expect(out).toContain('wasm-oopsla19 allows, js-es2018 forbids: 8 executions of 3 events and none smaller');
    expect(out).toContain('    W x := 1  ‖ RMWsc x: 0 → 2\n    Rsc x = 2 ‖\n');
    expect(out).toContain('(verdict "js-es2018" forbidden');
    expect(out).toContain('js-es2018 allows, wasm-oopsla19 forbids: nothing with up to 3 events');
  });

  test('exits 3 where it gave up before it saw a difference', () => {
    expect(compare('wasm', 'wasm', { events: 9, limit: 1, timeout: 1 })).toBe(3);
    expect(out).toContain('Incomplete');
  });

  test('--json has one document with both directions', () => {
    compare('js-es2018', 'wasm-oopsla19', { events: 3, limit: 2, json: true });
    const document = JSON.parse(out) as { readonly sides: readonly { readonly differences: readonly unknown[] }[] };
    expect(document).toMatchObject({ models: ['js-es2018', 'wasm-oopsla19'], events: 3, complete: true });
    expect(document.sides.map(({ differences }) => differences.length)).toEqual([0, 2]);
  });

  test('--mixed-sizes passes over what a model does not speak of, and says so', () => {
    expect(compare('x86-tso', 'x86-tso', { events: 2, limit: 1, mixedSizes: true })).toBe(0);
    expect(out).toMatch(/\d+ passed over: x86-tso: /);
  });

  test('an unknown model is an error of usage', () => {
    expect(() => compare('wasm', 'none', { events: 2, limit: 1 })).toThrow(UsageError);
  });
});
