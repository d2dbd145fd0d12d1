/** Binary modules written byte by byte. */

export type Bytes = readonly number[];

export const HEADER: Bytes = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** An unsigned LEB128 number. */
export function leb(n: number): Bytes {
  const out: number[] = [];
  let left = n;
  for (; left > 127; left = Math.floor(left / 128)) out.push((left % 128) | 0x80);
  return [...out, left];
}

export function repeat(n: number, bytes: Bytes): number[] {
  return Array.from({ length: n * bytes.length }, (_, i) => bytes[i % bytes.length] as number);
}

export function section(id: number, ...parts: readonly Bytes[]): Bytes {
  const contents = parts.flat();
  return [id, ...leb(contents.length), ...contents];
}

export function moduleOf(...sections: readonly Bytes[]): Uint8Array {
  return Uint8Array.from([HEADER, ...sections].flat());
}

/** A function body of the given locals and instructions, `end` included. */
export function body(instructions: Bytes, locals: Bytes = [0]): Bytes {
  const all = [...locals, ...instructions];
  return [...leb(all.length), ...all];
}

/** A module of one function type and one function of it. */
export function oneFunction(instructions: Bytes, { type = [0x60, 0, 0], locals = [0] }: Shape = {}): Uint8Array {
  return moduleOf(section(1, [1], type), section(3, [1, 0]), section(10, [1], body(instructions, locals)));
}

interface Shape {
  readonly type?: Bytes;
  readonly locals?: Bytes;
}
