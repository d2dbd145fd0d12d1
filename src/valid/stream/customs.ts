import { byte, input, lastName, name, u32 } from './reader.ts';

/** Whether a well-formed module has a custom section whose name begins with these ASCII characters. */
export function hasCustomSection(bytes: Uint8Array, prefix: string): boolean {
  input.bytes = bytes;
  input.pos = 8;
  input.end = bytes.length;
  while (input.pos < bytes.length) {
    const id = byte();
    const size = u32();
    const end = input.pos + size;
    if (id === 0) {
      name();
      if (beginsWith(bytes, prefix)) return true;
    }
    input.pos = end;
  }
  return false;
}

/** Whether the name that was read last begins so. */
export function beginsWith(bytes: Uint8Array, prefix: string): boolean {
  const { start, length } = lastName;
  if (length < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix.charCodeAt(i)) return false;
  return true;
}
