import type { Readings, SwitchName } from '../syntax/readings.ts';
import { DEFAULT_READINGS, SWITCHES } from '../syntax/readings.ts';
import { UsageError } from './exit.ts';

/** Adds one `--reading NAME=VALUE` to those chosen so far. */
export function addReading(text: string, chosen: Readings = DEFAULT_READINGS): Readings {
  const [name, value] = text.split('=', 2);
  const found = SWITCHES.find((s) => s.name === name);
  if (found === undefined) {
    throw new UsageError(`unknown reading '${name ?? ''}'; there are: ${SWITCHES.map((s) => s.name).join(', ')}`);
  }
  const values: readonly string[] = found.readings.map((r) => r.value);
  if (value === undefined || !values.includes(value)) {
    throw new UsageError(`reading ${found.name} takes ${values.join(' or ')}, not '${value ?? ''}'`);
  }
  return { ...chosen, [found.name satisfies SwitchName]: value };
}

/** A whole number of at least 1. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`expected a positive whole number, not '${text}'`);
  return value;
}

/** A whole number of at least 0. */
export function natural(text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value) || value < 0)
    throw new UsageError(`expected a whole number, not '${text}'`);
  return value;
}

/** A port to listen at; 0 for any. */
export function portNumber(text: string): number {
  const port = natural(text);
  if (port > 65_535) throw new UsageError(`expected a port up to 65535, not '${text}'`);
  return port;
}

/** Seconds, as milliseconds. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new UsageError(`expected a positive number of seconds, not '${text}'`);
  return value * 1000;
}
