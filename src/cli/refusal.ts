import type { Diagnostic } from '../base/diagnostic.ts';
import { NOWHERE } from '../base/span.ts';
import type { ModelRefusal } from '../model/refusal.ts';

/** A model has nothing to say of a program: where in the program. */
export function refusalDiagnostic({ message, site }: ModelRefusal): Diagnostic {
  return { code: 'usage', rule: 'Model/speaks-of', severity: 'error', message, at: site?.at ?? NOWHERE };
}
