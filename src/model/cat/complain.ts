import type { At, CatDiagnostic } from './ast.ts';

/** What is wrong: a name, a type, an include, a recursion; syntax is complained about by the parser. */
export type CatRule = 'Cat/name' | 'Cat/type' | 'Cat/include' | 'Cat/recursion' | 'Cat/unsupported' | 'Cat/evaluation';

/** Carries a complaint from where it is found to the instruction that it concerns; never leaves `cat/`. */
export class Complaint extends Error {
  /** Null if the reason has been said already. */
  readonly diagnostic: CatDiagnostic | null;

  constructor(diagnostic: CatDiagnostic | null) {
    super(diagnostic?.message ?? 'complained already');
    this.diagnostic = diagnostic;
  }
}

interface Extra {
  readonly expected?: string;
  readonly actual?: string;
  readonly hint?: string;
}

export function invalid(rule: CatRule, { source, start, end }: At, message: string, extra: Extra = {}): CatDiagnostic {
  return { code: 'invalid', rule, severity: 'error', message, at: { start, end }, source, ...extra };
}

export function complain(rule: CatRule, at: At, message: string, extra: Extra = {}): never {
  throw new Complaint(invalid(rule, at, message, extra));
}

/** A complaint about a definition, made because of a use of it. */
export function usedHere(why: CatDiagnostic, name: string, { source, start }: At): CatDiagnostic {
  const { line, column } = source.position(start);
  return { ...why, because: [...(why.because ?? []), `${name} is used at ${source.name}:${line}:${column}`] };
}

/** The known name that is most like a mistyped one: one letter more, less or other, or other case. */
export function similarName(name: string, known: Iterable<string>): string | null {
  for (const other of known) {
    if (other.toLowerCase() === name.toLowerCase() || distanceAtMostOne(name, other)) return other;
  }
  return null;
}

function distanceAtMostOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const rest = (text: string, from: number): string => text.slice(from);
  if (a.length === b.length) return rest(a, i + 1) === rest(b, i + 1);
  return a.length > b.length ? rest(a, i + 1) === rest(b, i) : rest(a, i) === rest(b, i + 1);
}
