/**
 * Code metadata [tool conventions, Code Metadata]: `metadata.code.*` custom sections give payloads to instructions; in the text, and in the
 * syntax, they are annotations `(@metadata.code.branch_hint "\01")`. An annotation's text is one string literal in a canonical form, so that
 * equal payloads are equal syntax: printable ASCII but for quotes and backslashes stands for itself, any other byte is `\hh`.
 */

export const CODE_METADATA = 'metadata.code.';

const CANONICAL = /^"(?:[ !#-[\]-~]|\\(?:[0189a-f][0-9a-f]|7f|22|5c))*"$/;
const PIECE = /\\([0-9a-f]{2})|[^\\]/g;

export function payloadText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\${byte.toString(16).padStart(2, '0')}`;
  }
  return `"${text}"`;
}

/** The bytes of a canonical literal; null for any other text. */
export function payloadBytes(text: string): Uint8Array | null {
  if (!CANONICAL.test(text)) return null;
  const bytes: number[] = [];
  for (const [piece, hex] of text.slice(1, -1).matchAll(PIECE))
    bytes.push(hex === undefined ? piece.charCodeAt(0) : Number.parseInt(hex, 16));
  return Uint8Array.from(bytes);
}
