/** What became of one command of a script that can pass or fail. */
export type WastEntry =
  | { readonly file: string; readonly line: number; readonly kind: string; readonly status: 'passed' }
  | {
      readonly file: string;
      readonly line: number;
      readonly kind: string;
      readonly status: 'failed';
      readonly message: string;
    }
  | {
      readonly file: string;
      readonly line: number;
      readonly kind: string;
      readonly status: 'skipped';
      readonly reason: string;
    };

interface WastCounts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface WastJson {
  readonly files: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** By kind of command: `assert_return`, `assert_trap`, …; in order of first occurrence. */
  readonly kinds: Readonly<Record<string, Readonly<WastCounts>>>;
  readonly failures: readonly {
    readonly file: string;
    readonly line: number;
    readonly kind: string;
    readonly message: string;
  }[];
  readonly skips: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
}

/** The JSON document of `weft wast` [DESIGN, The command line]. */
export function wastJson(files: number, entries: readonly WastEntry[]): WastJson {
  const total: WastCounts = { passed: 0, failed: 0, skipped: 0 };
  const kinds = new Map<string, WastCounts>();
  for (const { kind, status } of entries) {
    const counts = kinds.get(kind) ?? { passed: 0, failed: 0, skipped: 0 };
    kinds.set(kind, counts);
    counts[status] += 1;
    total[status] += 1;
  }
  return {
    files,
    ...total,
    kinds: Object.fromEntries(kinds),
    failures: entries.flatMap((entry) =>
      entry.status === 'failed'
        ? [{ file: entry.file, line: entry.line, kind: entry.kind, message: entry.message }]
        : [],
    ),
    skips: entries.flatMap((entry) =>
      entry.status === 'skipped' ? [{ file: entry.file, line: entry.line, reason: entry.reason }] : [],
    ),
  };
}
