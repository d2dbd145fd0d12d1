import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import { MESSAGE_ROWS } from './suite-messages.ts';

/** Whether a message of ours is the complaint that a script expects. */
function isExpected(message: string, expected: string): boolean {
  if (message.includes(expected)) return true;
  return MESSAGE_ROWS.some((row) => row.expected === expected && row.ours.test(message));
}

/** Whether a module is unlinkable for the reason that an assertion says; `problem` is what keeps it from linking. */
export function unlinkableVerdict(expected: string, problem: string | null): Result<null, string> {
  if (problem === null) return err(`expected unlinkable "${expected}", but its imports match`);
  return isExpected(problem, expected) ? ok(null) : err(`expected unlinkable "${expected}", got "${problem}"`);
}

/** Whether a module is refused in the stage and for the reason that an assertion says. */
export function staticVerdict(
  stage: 'malformed' | 'invalid',
  expected: string,
  result: Result<unknown, readonly Diagnostic[]>,
): Result<null, string> {
  if (result.ok) {
    const is = stage === 'malformed' ? 'well-formed' : 'valid';
    return err(`expected ${stage} "${expected}", but the module is ${is}`);
  }
  const [first] = result.error;
  if (first?.code === stage && result.error.some(({ message }) => isExpected(message, expected))) return ok(null);
  const { code = '', message = '', rule = '' } = first ?? {};
  return err(`expected ${stage} "${expected}", got ${code} "${message}" [${rule}]`);
}
