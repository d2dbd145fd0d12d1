import type { Diagnostic } from '../base/diagnostic.ts';
import type { Source } from '../base/span.ts';
import type { DiagnosticJson } from './diagnostics.ts';
import { diagnosticJson } from './diagnostics.ts';

/** One file that was checked. */
export interface CheckedFile {
  readonly file: string;
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CheckJson {
  readonly files: readonly {
    readonly file: string;
    readonly ok: boolean;
    readonly diagnostics: readonly DiagnosticJson[];
  }[];
}

/** The JSON document of `weft check` [DESIGN, The command line]. A file with warnings alone is ok. */
export function checkJson(files: readonly CheckedFile[]): CheckJson {
  return {
    files: files.map(({ file, source, diagnostics }) => ({
      file,
      ok: !diagnostics.some((diagnostic) => diagnostic.severity === 'error'),
      diagnostics: diagnostics.map((diagnostic) => diagnosticJson(diagnostic, source)),
    })),
  };
}
