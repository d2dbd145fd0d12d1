import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS, SWITCHES } from '../../src/syntax/readings.ts';
import type { Matrix } from '../support/readings-matrix.ts';
import { MATRIX_FILE, matrixNow } from '../support/readings-matrix.ts';

const golden = JSON.parse(readFileSync(MATRIX_FILE, 'utf8')) as Matrix;

test('the matrix of all switches and test modules (npm run golden writes it anew)', () => {
  expect(matrixNow()).toEqual(golden);
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
