import { writeFileSync } from 'node:fs';
import pc from 'picocolors';
import type { TextOptions } from '../report/diagnostics.ts';
import { UsageError } from './exit.ts';

/** Prints a report on stdout. */
export function printText(text: string): void {
  if (text !== '') process.stdout.write(`${text}\n`);
}

/** Prints the one JSON document of a command. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Prints a remark that is no part of the report. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes a file that the user asked for. */
export function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Colours on a terminal only. */
export function textOptions(): TextOptions {
  return { color: pc.isColorSupported && process.stdout.isTTY === true };
}
