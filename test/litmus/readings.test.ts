import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS, SWITCHES } from '../../src/syntax/readings.ts';
import type { Matrix } from '../support/readings-matrix.ts';
import { executedScripts, executionRow, MATRIX_FILE, typingMatrix } from '../support/readings-matrix.ts';

const golden = JSON.parse(readFileSync(MATRIX_FILE, 'utf8')) as Matrix;

describe('the matrix of all switches (npm run golden writes it anew)', () => {
  const scripts = executedScripts();

  test('has the verdicts of all modules', () => {
    const { asked, typing } = golden;
    expect(typingMatrix(scripts.length)).toEqual({ asked, typing });
  });

  // All scripts that some reading changes, and by default a quarter of the others; WEFT_RUNS=2 takes them all.
  const everyone = Number(process.env['WEFT_RUNS'] ?? 1) > 1;
  const asked = scripts.filter(({ file }, i) => everyone || i % 4 === 0 || file in golden.execution);
  test.each(asked)('has the outcomes of $file', (script) => {
    expect(executionRow(script)).toEqual(golden.execution[script.file] ?? {});
  });

  test('has no script that is gone', () => {
    const files = scripts.map(({ file }) => file);
    expect(Object.keys(golden.execution).filter((file) => !files.includes(file))).toEqual([]);
  });
});

describe.each(SWITCHES)('$name', ({ name, decides, readings, source, question }) => {
  const file = `readings/${name}.wast`;

  test('says what is asked, and where', () => {
    expect(question).toMatch(/\?$/);
    expect(source.length).toBeGreaterThan(10);
    expect(readings.length).toBeGreaterThan(1);
    expect(DEFAULT_READINGS[name]).toBe(readings[0].value);
    expect(existsSync(new URL(`../../models/${file}`, import.meta.url).pathname)).toBe(true);
  });

  test.each(readings.slice(1).map(({ value }) => value))('its script tells %s apart', (value) => {
    const reading = `${name}=${value}`;
    if (decides === 'execution') {
      expect(golden.execution[file]?.[reading] ?? []).not.toEqual([]);
      return;
    }
    const rows = Object.entries(golden.typing).filter(([module]) => module.startsWith(`${file} `));
    const verdicts = rows.map(([, row]) => [row['default'] === 'valid', (row[reading] ?? row['default']) === 'valid']);
    expect(verdicts.some(([usual, other]) => usual !== other)).toBe(true);
  });

  test('its script tells the readings from each other', () => {
    const columns = readings.map(({ value }, i) => {
      const reading = i === 0 ? 'default' : `${name}=${value}`;
      if (decides === 'execution') return JSON.stringify(golden.execution[file]?.[reading] ?? []);
      const rows = Object.entries(golden.typing).filter(([module]) => module.startsWith(`${file} `));
      return rows.map(([, row]) => (row[reading] ?? row['default']) === 'valid').join();
    });
    expect(new Set(columns).size).toBe(readings.length);
  });
});
