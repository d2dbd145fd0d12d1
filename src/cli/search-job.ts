import type { DiagnosticJson } from '../report/diagnostics.ts';
import { DEFAULT_READINGS } from '../syntax/readings.ts';
import type { Readings } from '../syntax/readings.ts';
import { EXIT } from './exit.ts';
import type { ExitCode } from './exit.ts';
import { readInput, readSource, testName } from './input.ts';
import { DEFAULT_MEGABYTES } from './memory.ts';
import { textOptions } from './output.ts';

/** The options that every command has that searches one file under one model. */
export interface SearchOptions {
  readonly model: string;
  readonly reading?: Readings;
  readonly json?: boolean;
  readonly svg?: string;
  readonly dot?: string;
  readonly outcome?: string;
  readonly maxExecutions: number;
  readonly maxEvents: number;
  readonly maxReturns: number;
  readonly maxSteps: number;
  readonly timeout?: number;
  readonly maxMemory?: number;
}

/** One file to search, as plain data, so that a worker can be asked to do it. */
export interface SearchSpec {
  readonly name: string;
  readonly path: string;
  /** Empty if it is a binary module. */
  readonly text: string;
  readonly bytes: Uint8Array | null;
  readonly model: string;
  readonly readings: Readings;
  readonly maxExecutions: number;
  readonly maxEvents: number;
  readonly maxReturns: number;
  readonly maxSteps: number;
  readonly milliseconds: number | null;
  /** How much memory the search may take. */
  readonly megabytes: number;
  readonly color: boolean;
}

/** What came of it: the report as text, as data, and drawn. */
export interface SearchDone<Test> {
  readonly text: string;
  readonly tests: readonly Test[];
  readonly errors: readonly DiagnosticJson[];
  readonly svg: string | null;
  readonly dot: string | null;
  readonly code: ExitCode;
  /** The mistake in the call, if there is one. */
  readonly usage: string | null;
}

export const NOTHING_DONE: SearchDone<never> = {
  text: '',
  tests: [],
  errors: [],
  svg: null,
  dot: null,
  code: EXIT.holds,
  usage: null,
};

/** `takesBinary`: a file may be a binary module. */
export function searchSpec(path: string, options: SearchOptions, takesBinary = false): SearchSpec {
  const input = takesBinary ? readInput(path) : null;
  const bytes = input?.kind === 'binary' ? input.source.bytes : null;
  return {
    name: testName(path),
    path,
    text: bytes === null ? readSource(path).text : '',
    bytes,
    model: options.model,
    readings: options.reading ?? DEFAULT_READINGS,
    maxExecutions: options.maxExecutions,
    maxEvents: options.maxEvents,
    maxReturns: options.maxReturns,
    maxSteps: options.maxSteps,
    milliseconds: options.timeout ?? null,
    megabytes: options.maxMemory ?? DEFAULT_MEGABYTES,
    color: textOptions().color,
  };
}
