import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { Source } from '../../src/base/span.ts';
import { decodeModule } from '../../src/binary/decode.ts';
import { encodeModule } from '../../src/binary/encode.ts';
import { equalModules } from '../../src/syntax/equal.ts';
import type { Module } from '../../src/syntax/module.ts';
import type { Command, ScriptModule } from '../../src/syntax/script.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { binaryPart } from '../support/binary-part.ts';
import { hasCorpora, scriptsIn } from '../support/corpora.ts';

interface SuiteModule {
  readonly module: ScriptModule;
  readonly kind: Command['kind'];
  readonly message: string;
  readonly line: number;
}

function modulesOf(commands: readonly Command[], source: Source): SuiteModule[] {
  return commands.flatMap((command) => {
    if (command.kind === 'thread') return modulesOf(command.commands, source);
    if (!('module' in command) || command.module === null || typeof command.module === 'string') return [];
    const { module, kind } = command;
    const { line } = source.position(command.at.start);
    return [{ module, kind, message: 'message' in command ? command.message : '', line }];
  });
}

/** null: decodes to the same module; else what is wrong. */
function lost(module: Module): string | null {
  const result = decodeModule(encodeModule(module));
  if (!result.ok) return `does not decode: ${result.error[0]?.message}`;
  return equalModules(result.value, binaryPart(module)) ? null : 'decodes to another module';
}

/** null: a binary module is decoded, or refused in the suite's words; else what is wrong. */
function misread({ module, kind, message }: SuiteModule): string | null {
  const decoded = decodeModule(module.bytes ?? new Uint8Array());
  if (kind !== 'assert_malformed') return decoded.ok ? null : `refused: ${decoded.error[0]?.message}`;
  if (decoded.ok) return `accepted, but: ${message}`;
  const [first] = decoded.error;
  return first?.message.startsWith(message) === true ? null : `"${first?.message}" instead of "${message}"`;
}

interface WasmTools {
  /** The bytes of a text. */
  parse(text: string): Uint8Array;
  /** The text of bytes. */
  print(bytes: Uint8Array): string;
}

/** wasm-tools, which jco has compiled to WebAssembly. */
async function loadWasmTools(): Promise<WasmTools> {
  const entry = createRequire(import.meta.url).resolve('@bytecodealliance/jco-transpile');
  const url = pathToFileURL(join(dirname(entry), '../vendor/wasm-tools.js')).href;
  const vendor = (await import(url)) as { readonly $init: Promise<void>; readonly tools: WasmTools };
  await vendor.$init;
  return vendor.tools;
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}

/** The engine's own, which the ES library does not declare. */
declare const WebAssembly: { validate(bytes: Uint8Array): boolean };

/** null: the bytes of a valid module are read by wasm-tools, and accepted by V8 if it accepts those that wasm-tools writes. */
function refusal(module: Module, text: string, tools: WasmTools): string | null {
  const theirs = attempt(() => tools.parse(text));
  // wasm-tools does not know every module of the suites.
  if (theirs === null) return null;
  if (attempt(() => tools.print(encodeModule(module, { forms: 'wasm-tools' }))) === null)
    return 'wasm-tools refuses it';
  return WebAssembly.validate(theirs) && !WebAssembly.validate(encodeModule(module)) ? 'V8 refuses it' : null;
}

describe.skipIf(!hasCorpora())('every module of the official suites', () => {
  let tools: WasmTools;
  beforeAll(async () => {
    tools = await loadWasmTools();
  });

  for (const suite of ['core', 'threads', 'shared-everything', 'acquire-release'])
    test(`of ${suite} survives its binary form, which others read; malformed binaries are refused in the suite’s words`, () => {
      const wrong: string[] = [];
      let count = 0;
      for (const file of scriptsIn(suite)) {
        const source = new Source(file, readFileSync(file, 'utf8'));
        const script = parseScript(source);
        if (!script.ok) continue;
        for (const found of modulesOf(script.value.commands, source)) {
          const { parsed, form, at } = found.module;
          const complaints: (string | null)[] = [];
          if (parsed.ok) complaints.push(lost(parsed.value));
          if (form === 'binary') complaints.push(misread(found));
          if (parsed.ok && form === 'text' && found.kind === 'module')
            complaints.push(refusal(parsed.value, source.text.slice(at.start, at.end), tools));
          for (const what of complaints) if (what !== null) wrong.push(`${basename(file)}:${found.line}: ${what}`);
          count++;
        }
      }
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(0);
    });
});
