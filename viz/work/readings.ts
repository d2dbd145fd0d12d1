import { DEFAULT_READINGS, SWITCHES } from '../../src/syntax/readings.ts';
import type { Readings } from '../../src/syntax/readings.ts';

/** All switches, those that are said so, the others by default. What is no switch or no reading is left out: a link may say anything. */
export function readingsOf(said: Readonly<Record<string, string>>): Readings {
  const known = SWITCHES.flatMap(({ name, readings }) => {
    const reading = readings.find(({ value }) => value === said[name]);
    return reading === undefined ? [] : [[name, reading.value] as const];
  });
  return { ...DEFAULT_READINGS, ...Object.fromEntries(known) } as Readings;
}
