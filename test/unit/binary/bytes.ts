import type { Diagnostic } from '../../../src/base/diagnostic.ts';
import { Source } from '../../../src/base/span.ts';
import { type DecodeOptions, decodeModule } from '../../../src/binary/decode.ts';
import type { Module } from '../../../src/syntax/module.ts';
import { parseModule } from '../../../src/text/parse-module.ts';

/** Bytes written in hexadecimal, white space and `;` comments left out. */
export function hex(text: string): Uint8Array {
  const digits = text.replace(/;[^\n]*/g, '').replace(/\s+/g, '');
  return Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** The header of a module, and sections as given: an id and the contents, both in hexadecimal. */
export function moduleOf(...sections: readonly (readonly [id: string, contents: string])[]): Uint8Array {
  const bytes = [...hex('00 61 73 6d 01 00 00 00')];
  for (const [id, contents] of sections) {
    const inner = hex(contents);
    bytes.push(...hex(id), ...uleb(inner.length), ...inner);
  }
  return Uint8Array.from(bytes);
}

export function uleb(n: number): number[] {
  const bytes: number[] = [];
  let rest = n;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

/** Text as hexadecimal, its length before it. */
export function nameHex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return toHex(Uint8Array.from([...uleb(bytes.length), ...bytes]));
}

/** A module of one function, of type `[] -> []`, with the given body (without locals and `end`). */
export function functionOf(body: string): Uint8Array {
  const code = [0, ...hex(body), 0x0b];
  return moduleOf(
    ['01', '01 60 00 00'],
    ['03', '01 00'],
    ['0a', `01 ${toHex(Uint8Array.from([...uleb(code.length), ...code]))}`],
  );
}

export function decoded(bytes: Uint8Array, options?: DecodeOptions): Module {
  const result = decodeModule(bytes, options);
  if (!result.ok) throw new Error(result.error.map(({ message, reading }) => `${message} (${reading})`).join('; '));
  return result.value;
}

export function problems(bytes: Uint8Array): readonly Diagnostic[] {
  const result = decodeModule(bytes);
  return result.ok ? [] : result.error;
}

export function parsed(text: string): Module {
  const result = parseModule(new Source('test.wat', text));
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('; '));
  return result.value;
}
