import type { Diagnostic } from '../base/diagnostic.ts';
import { payloadBytes } from '../syntax/code-metadata.ts';
import type { Annotation, Expr, Instr, Module } from '../syntax/module.ts';

/**
 * Annotations with a meaning of their own that stand where they mean nothing. They do not make a module invalid [core 3.0, Custom Sections:
 * errors in them are ignored]; the official suite's `assert_invalid_custom` asks for these complaints.
 */
export function annotationWarnings(module: Module): readonly Diagnostic[] {
  return module.funcs.flatMap((f) => bodyWarnings(f.body));
}

function bodyWarnings(body: Expr): readonly Diagnostic[] {
  const warnings: Diagnostic[] = [];
  const rest: Instr[] = body.toReversed();
  for (let instr = rest.pop(); instr !== undefined; instr = rest.pop()) {
    for (const note of instr.notes ?? []) {
      const message = problem(instr, note);
      if (message !== null) warnings.push(warning(instr, note, message));
    }
    if (instr.kind === 'plain') continue;
    if (instr.kind === 'if') rest.push(...instr.else.toReversed(), ...instr.then.toReversed());
    else rest.push(...instr.body.toReversed());
  }
  return warnings;
}

/** A branch hint stands before `if` or `br_if` and is one byte, 0 or 1 [branch hinting proposal; tool conventions, Code Metadata]. */
function problem(instr: Instr, { id, text }: Annotation): string | null {
  if (id !== 'metadata.code.branch_hint') return null;
  if (instr.kind !== 'if' && !(instr.kind === 'plain' && instr.op === 'br_if')) return 'invalid target';
  const bytes = payloadBytes(text);
  return bytes?.length === 1 && (bytes[0] ?? 2) <= 1 ? null : 'invalid value';
}

function warning(instr: Instr, { id }: Annotation, message: string): Diagnostic {
  return {
    code: 'invalid',
    rule: 'Annotation/branch_hint',
    severity: 'warning',
    message: `@${id} annotation: ${message}`,
    at: instr.at,
    hint: message === 'invalid target' ? 'put it before if or br_if' : 'write "\\00" (unlikely) or "\\01" (likely)',
  };
}
