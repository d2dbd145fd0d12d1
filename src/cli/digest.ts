type Crypto = typeof import('node:crypto');

/** Loaded when it is first needed, which most commands never do: it would be a fiftieth of their start. */
let crypto: Crypto | undefined;

/** The digest of these parts, in hexadecimal digits. */
export function digest(algorithm: 'md5' | 'sha256', ...parts: readonly (string | Uint8Array)[]): string {
  crypto ??= process.getBuiltinModule('node:crypto');
  const hash = crypto.createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
