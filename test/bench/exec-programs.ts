import { readFileSync } from 'node:fs';
import { decodeModule } from '../../src/binary/decode.ts';
import { Source } from '../../src/base/span.ts';
import type { Module } from '../../src/syntax/module.ts';
import { parseModule } from '../../src/text/parse-module.ts';

/** The programs of the executor's benchmark (`programs/README.md`). */
export interface BenchProgram {
  readonly name: string;
  readonly module: Module;
  /** The amount of work for compiled code, and for interpreters. */
  readonly work: number;
  readonly less: number;
}

export function benchPrograms(): readonly BenchProgram[] {
  return [
    { name: 'fib', module: fromText('fib'), work: 30, less: 24 },
    { name: 'sieve', module: fromText('sieve'), work: 5_000_000, less: 300_000 },
    { name: 'matrix product', module: fromText('matrix'), work: 160, less: 40 },
    { name: 'SHA-256 (C)', module: fromBinary('sha256'), work: 2_000_000, less: 40_000 },
    { name: 'JSON (C)', module: fromBinary('json'), work: 5_000, less: 200 },
  ];
}

function read(name: string): Buffer {
  return readFileSync(new URL(`programs/${name}`, import.meta.url));
}

function fromText(name: string): Module {
  const parsed = parseModule(new Source(name, read(`${name}.wat`).toString()));
  if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}

function fromBinary(name: string): Module {
  const decoded = decodeModule(new Uint8Array(read(`${name}.wasm`)));
  if (!decoded.ok) throw new Error(`${name}: ${JSON.stringify(decoded.error)}`);
  return decoded.value;
}
