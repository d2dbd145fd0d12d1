import { describe, expect, test } from 'vitest';
import { decodeModule } from '../../src/binary/decode.ts';
import { encodeModule } from '../../src/binary/encode.ts';
import { MAX_EXPLAINED_BODY } from '../../src/syntax/limits.ts';
import { functionOf, hex, moduleOf, nameHex, toHex, uleb } from '../unit/binary/bytes.ts';
import { moduleFromSeed } from './generators/modules/module.ts';

/**
 * Hostile binaries: what decodeModule is given, it answers with a module or with diagnostics at places within the bytes; it does not throw, nor
 * take time or memory out of proportion. `npm run test:hostile` asks for more runs.
 */

const RUNS = Number(process.env['WEFT_HOSTILE'] ?? 3000);
const SEED = 20_261_126;
const MODULES = 20;

const modules = Array.from({ length: MODULES }, (_, i) => encodeModule(moduleFromSeed(SEED + i, { size: 12 })));

function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Processor time, which other work on the machine does not lengthen much. */
function cpuTime(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Decodes; the answer must be one. */
function answered(bytes: Uint8Array, what: string): boolean {
  const result = decodeModule(bytes);
  if (result.ok) return true;
  const [first] = result.error;
  if (first === undefined) throw new Error(`${what}: neither a module nor a complaint`);
  for (const { at, message } of result.error)
    if (!(at.start >= 0 && at.start <= at.end && at.end <= bytes.length))
      throw new Error(`${what}: "${message}" at ${at.start} to ${at.end} of ${bytes.length}`);
  return false;
}

describe('decodeModule answers', () => {
  test('every beginning of twenty modules', () => {
    for (const [i, bytes] of modules.entries()) {
      expect(answered(bytes, `module ${i}`)).toBe(true);
      for (let length = 0; length < bytes.length; length++)
        answered(bytes.subarray(0, length), `${length} bytes of module ${i}`);
    }
  });

  test(`${RUNS} modules with bytes changed, taken out, doubled or swapped`, () => {
    let accepted = 0;
    for (let run = 0; run < RUNS; run++) {
      const pick = random(SEED + run);
      const bytes = mutated(modules[pick(modules.length)] ?? new Uint8Array(), pick);
      if (answered(bytes, `run ${run}: ${toHex(bytes)}`)) accepted++;
    }
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(RUNS);
  });

  test('what a mutated module is read as is written and read again', () => {
    for (let run = 0; run < RUNS / 10; run++) {
      const pick = random(SEED - run);
      const result = decodeModule(mutated(modules[pick(modules.length)] ?? new Uint8Array(), pick));
      if (result.ok) expect(decodeModule(encodeModule(result.value)).ok).toBe(true);
    }
  });
});

function mutated(bytes: Uint8Array, pick: (below: number) => number): Uint8Array {
  let list = [...bytes];
  for (let changes = 1 + pick(3); changes > 0; changes--) {
    const at = pick(list.length);
    const length = 1 + pick(8);
    switch (pick(5)) {
      case 0:
        list[at] = pick(256);
        break;
      case 1:
        list[at] = (list[at] ?? 0) ^ (1 << pick(8));
        break;
      case 2:
        list.splice(at, length);
        break;
      case 3:
        list.splice(at, 0, ...list.slice(at, at + length));
        break;
      default: {
        const other = pick(list.length);
        list = [...list.slice(0, at), ...list.slice(other, other + length), ...list.slice(at)];
      }
    }
  }
  return Uint8Array.from(list);
}

const MB = 2 ** 20;
/** How much of a thing is tried. */
const SIZE = process.env['WEFT_HOSTILE'] === undefined ? MB / 4 : 4 * MB;
const MAX_COUNT = 'ff ff ff ff 0f';

/** Bytes that promise or hold as much as can be of one thing. */
function repeated(id: string, entry: string, size = SIZE): Uint8Array {
  const one = hex(entry);
  const count = Math.min(Math.floor(size / one.length), 1_000_000);
  const contents = new Uint8Array(count * one.length + 5);
  const head = uleb(count);
  contents.set(head);
  for (let i = 0; i < count; i++) contents.set(one, head.length + i * one.length);
  const length = head.length + count * one.length;
  return concat(moduleOf(), Uint8Array.from([...hex(id), ...uleb(length)]), contents.subarray(0, length));
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function nested(depth: number): Uint8Array {
  const body = new Uint8Array(3 * depth);
  for (let i = 0; i < depth; i++) body.set([0x02, 0x40], 2 * i);
  body.fill(0x0b, 2 * depth);
  return concat(functionHead(body.length + 2), Uint8Array.of(0), body, Uint8Array.of(0x0b));
}

/** Everything of a module of one function before its body of `size` bytes. */
function functionHead(size: number): Uint8Array {
  const length = uleb(size);
  return concat(
    moduleOf(['01', '01 60 00 00'], ['03', '01 00']),
    Uint8Array.from([0x0a, ...uleb(size + length.length + 1), 1, ...length]),
  );
}

function nops(count: number): Uint8Array {
  return concat(functionHead(count + 2), Uint8Array.of(0), new Uint8Array(count).fill(1), Uint8Array.of(0x0b));
}

const BOMBS: Readonly<Record<string, () => Uint8Array>> = {
  'a count of types without bytes': () => moduleOf(['01', MAX_COUNT]),
  'a count of parameters without bytes': () => moduleOf(['01', `01 60 ${MAX_COUNT}`]),
  'a count of labels without bytes': () => functionOf(`0e ${MAX_COUNT}`),
  'a size of data without bytes': () => moduleOf(['0b', `01 01 ${MAX_COUNT}`]),
  'a section of 4 GB': () => concat(moduleOf(), hex(`01 ${MAX_COUNT} 00`)),
  'a name of 4 GB': () => moduleOf(['02', `01 ${MAX_COUNT}`]),
  'blocks nested 100,000 deep': () => nested(100_000),
  'many types': () => repeated('01', '60 00 00'),
  'many recursive groups of no types': () => repeated('01', '4e 00'),
  'many imports': () => repeated('02', '00 00 00 00'),
  'many tables': () => repeated('04', '70 00 00'),
  'many memories': () => repeated('05', '00 00'),
  'many globals': () => repeated('06', '7f 00 0b'),
  'many exports': () => repeated('07', '00 00 00'),
  'many element segments': () => repeated('09', '01 00 00'),
  'many elements': () => {
    const count = SIZE;
    const head = [1, 1, 0, ...uleb(count)];
    return concat(moduleOf(), Uint8Array.from([9, ...uleb(count + head.length), ...head]), new Uint8Array(count));
  },
  'many data segments': () => repeated('0b', '01 00'),
  'many custom sections': () =>
    concat(
      moduleOf(),
      Uint8Array.from({ length: 3 * (SIZE / 4) }, (_, i) => (i % 3 === 1 ? 1 : 0)),
    ),
  'many custom sections with wrong names': () =>
    concat(
      moduleOf(),
      Uint8Array.from({ length: SIZE }, (_, i) => [0, 2, 1, 0xff][i % 4] ?? 0),
    ),
  'many kinds of code metadata for many functions': () => {
    const kinds = Math.floor(SIZE / 64);
    const sections: Uint8Array[] = [];
    for (let i = 0; i < kinds; i++) {
      const contents = `01 00 01 ${toHex(Uint8Array.from(uleb(i)))} 00`;
      sections.push(moduleOf(['00', `${nameHex(`metadata.code.${i}`)} ${contents}`]).subarray(8));
    }
    const count = Math.floor(SIZE / 8);
    const [number, nops] = [Uint8Array.from(uleb(count)), kinds + 2];
    const first = concat(
      Uint8Array.from(uleb(nops)),
      Uint8Array.of(0),
      new Uint8Array(kinds).fill(1),
      Uint8Array.of(0x0b),
    );
    const bodies = new Uint8Array(3 * (count - 1));
    for (let i = 0; i < bodies.length; i += 3) bodies.set([2, 0, 0x0b], i);
    const section = (id: number, ...parts: readonly Uint8Array[]): Uint8Array => {
      const contents = concat(...parts);
      return concat(Uint8Array.from([id, ...uleb(contents.length)]), contents);
    };
    return concat(
      moduleOf(['01', '01 60 00 00']),
      section(3, number, new Uint8Array(count)),
      ...sections,
      section(10, number, first, bodies),
    );
  },
  'many bodies that are wrong': () => repeated('0a', '01 00'),
  'many names': () => {
    const names = new Uint8Array(2 * MB);
    for (let i = 0; i < 2 ** 19; i++) names.set([(i & 0x7f) | 0x80, ((i >> 7) & 0x7f) | 0x80, i >> 14, 0], 4 * i);
    const part = [1, ...uleb(names.length + 3), ...uleb(2 ** 19)];
    const size = 5 + part.length + names.length;
    return concat(moduleOf(), Uint8Array.from([0, ...uleb(size), 4, ...Buffer.from('name'), ...part]), names);
  },
};

describe('bombs', () => {
  for (const [what, make] of Object.entries(BOMBS))
    test(what, () => {
      const bytes = make();
      globalThis.gc?.();
      const before = process.memoryUsage();
      let result: ReturnType<typeof decodeModule> | null = null;
      const time = cpuTime(() => {
        result = decodeModule(bytes);
      });
      const after = process.memoryUsage();
      expect(time).toBeLessThan(10_000);
      const grown = after.heapUsed + after.external - before.heapUsed - before.external;
      expect(grown).toBeLessThan(20 * bytes.length + 200 * MB);
      expect(result).not.toBeNull();
    });

  test('a body of nothing but nops takes no more, where bodies are not kept and errors in huge ones not explained', () => {
    const bytes = nops(2 * SIZE);
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    expect(decodeModule(bytes, { bodies: 'lazy' }).ok).toBe(2 * SIZE <= MAX_EXPLAINED_BODY);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * bytes.length + 200 * MB);
  });
});

describe('time', () => {
  test('is linear in the size', () => {
    const time = (size: number): number => {
      const bytes = nops(size);
      const times = [1, 2, 3].map(() => cpuTime(() => decodeModule(bytes, { bodies: 'lazy' })));
      return Math.min(...times);
    };
    time(MB / 8);
    expect(time(MB)).toBeLessThan(8 * 4 * Math.max(time(MB / 8), 5));
  });
});
