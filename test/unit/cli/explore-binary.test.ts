import { describe, expect, test } from 'vitest';
import { EXIT } from '../../../src/cli/exit.ts';
import { exploreJob } from '../../../src/cli/explore-job.ts';
import type { ExploreDone } from '../../../src/cli/explore-job.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { binaryOf } from '../../support/c-programs.ts';

function exploring(path: string, bytes: Uint8Array | null, text: string, invoke: string | null = null): ExploreDone {
  const spec = {
    name: 'test',
    path,
    text,
    bytes,
    invoke,
    model: 'sc',
    strategy: 'states',
    readings: DEFAULT_READINGS,
    maxExecutions: 100_000,
    maxEvents: 1_000,
    maxReturns: 5,
    maxSteps: 1_000_000,
    milliseconds: null,
    megabytes: 1_000,
    parts: null,
    draw: { svg: false, dot: false, unicode: false, outcome: null },
    herd: false,
    color: false,
  } as const;
  return exploreJob(spec, { shouldStop: () => false, onProgress: () => {}, memory: null });
}

describe('weft explore of a binary', () => {
  test('a right program holds', () => {
    const { code, text, tests } = exploring('message.wasm', binaryOf('message'), '');
    expect(code).toBe(EXIT.holds);
    expect(text).toContain('Test message (sc)');
    expect(tests[0]).toMatchObject({ complete: true, outcomes: [{ values: { 'main:0:0': 'i32 43' } }] });
  });

  test('a program that does not end in some execution is refuted', () => {
    const { code, text } = exploring('bug6.wasm', binaryOf('bug6'), '');
    expect(code).toBe(EXIT.refuted);
    expect(text).toContain('$cond_wait+0x');
  });

  test('an import that nothing provides is unreadable input, at its byte', () => {
    const text = '(module (import "env" "puts" (func (param i32))) (func (export "_start")))';
    const { code, errors } = exploring('puts.wat', null, text);
    expect(code).toBe(EXIT.usage);
    expect(errors).toMatchObject([{ rule: 'Command/import', at: { line: 1, column: 9 } }]);
  });

  test('an entry cannot be asked for where a script calls', () => {
    const { code, errors } = exploring('script.wast', null, '(module (func (export "f"))) (invoke "f")', 'f');
    expect(code).toBe(EXIT.usage);
    expect(errors).toMatchObject([{ rule: 'Command/entry' }]);
  });
});
