import type { Diagnostic } from '../base/diagnostic.ts';
import type { AnySource } from '../base/span.ts';
import type { DiagnosticJson } from './diagnostics.ts';
import { diagnosticJson } from './diagnostics.ts';

/** One file that was checked. */
export interface CheckedFile {
  readonly file: string;
  readonly source: AnySource;
  readonly diagnostics: readonly Diagnostic[];
  /** Every typing switch with each of its readings, the others at their defaults; where they were asked for. */
  readonly readings?: readonly ReadingVerdict[];
}

/** Whether a file is valid under one reading of one switch. */
export interface ReadingVerdict {
  readonly switch: string;
  readonly reading: string;
  readonly isDefault: boolean;
  /** What is wrong under this reading. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether nothing but warnings is said. */
export function isOk(diagnostics: readonly Diagnostic[]): boolean {
  return !diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

interface ReadingJson {
  readonly switch: string;
  readonly reading: string;
  readonly default: boolean;
  readonly ok: boolean;
  /** Whether the verdict is another one than under the defaults. */
  readonly differs: boolean;
  /** What decides: the first error; null where there is none. */
  readonly diagnostic: DiagnosticJson | null;
}

export interface CheckJson {
  readonly files: readonly {
    readonly file: string;
    readonly ok: boolean;
    readonly diagnostics: readonly DiagnosticJson[];
    /** Only with `--readings all`. */
    readonly readings?: readonly ReadingJson[];
  }[];
}

/** The JSON document of `weft check` [DESIGN, The command line]. A file with warnings alone is ok. */
export function checkJson(files: readonly CheckedFile[]): CheckJson {
  return {
    files: files.map((file) => ({
      file: file.file,
      ok: isOk(file.diagnostics),
      diagnostics: file.diagnostics.map((diagnostic) => diagnosticJson(diagnostic, file.source)),
      ...(file.readings === undefined ? {} : { readings: file.readings.map((verdict) => readingJson(verdict, file)) }),
    })),
  };
}

function readingJson(verdict: ReadingVerdict, { diagnostics, source }: CheckedFile): ReadingJson {
  const ok = isOk(verdict.diagnostics);
  const first = verdict.diagnostics.find(({ severity }) => severity === 'error');
  return {
    switch: verdict.switch,
    reading: verdict.reading,
    default: verdict.isDefault,
    ok,
    differs: ok !== isOk(diagnostics),
    diagnostic: first === undefined ? null : diagnosticJson(first, source),
  };
}
