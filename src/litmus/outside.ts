import type { ScriptModule } from '../syntax/script.ts';
import { SUPERSEDED } from './suite-messages.ts';

/** Instructions of the exception handling that `try_table` replaced, in no version of the specification [core 3.0, Change History]. */
const LEGACY = /^unknown operator (try|catch|catch_all|delegate|rethrow)$/;

/** Why a module is outside of what Weft reads, and no fault of anybody; null if it is not. */
export function outsideOf({ parsed }: ScriptModule): string | null {
  if (parsed.ok) return null;
  const legacy = parsed.error.map(({ message }) => LEGACY.exec(message)?.[1]).find((word) => word !== undefined);
  return legacy === undefined ? null : `uses legacy exception instructions (${legacy}), which are no part of Wasm 3.0`;
}

/** Why an assertion that a module is malformed or invalid is not true any more; null if it is. */
export function supersededBy({ parsed }: ScriptModule, expected: string): string | null {
  if (!parsed.ok) return null;
  const found = SUPERSEDED.find((row) => row.expected === expected && row.applies(parsed.value));
  return found?.reason ?? null;
}
