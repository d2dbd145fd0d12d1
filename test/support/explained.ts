import { decodeModule } from '../../src/binary/decode.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { checkModule } from '../../src/valid/check.ts';

/** The verdict of the pair that explains, decoder and checker, under the default readings: null, or its first complaint. */
export function complaint(bytes: Uint8Array): string | null {
  const decoded = decodeModule(bytes);
  if (!decoded.ok) return decoded.error[0]?.message ?? 'malformed';
  const checked = checkModule(decoded.value, DEFAULT_READINGS);
  return checked.ok ? null : (checked.error[0]?.message ?? 'invalid');
}
