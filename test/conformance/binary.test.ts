import { basename } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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

describe.skipIf(!hasCorpora())('every module of the official suites', () => {
  for (const suite of ['core', 'threads', 'shared-everything', 'acquire-release'])
    test(`of ${suite} survives its binary form, and malformed binaries are refused in the suite’s words`, () => {
      const wrong: string[] = [];
      let count = 0;
      for (const file of scriptsIn(suite)) {
        const source = new Source(file, readFileSync(file, 'utf8'));
        const script = parseScript(source);
        if (!script.ok) continue;
        for (const { module, kind, message, line } of modulesOf(script.value.commands, source)) {
          const complain = (what: string): void => {
            wrong.push(`${basename(file)}:${line}: ${what}`);
          };
          if (module.parsed.ok) {
            count++;
            const what = lost(module.parsed.value);
            if (what !== null) complain(what);
          }
          if (module.form !== 'binary') continue;
          const decoded = decodeModule(module.bytes ?? new Uint8Array());
          if (kind !== 'assert_malformed') {
            if (!decoded.ok) complain(`refused: ${decoded.error[0]?.message}`);
          } else if (decoded.ok) complain(`accepted, but: ${message}`);
          else if (!decoded.error[0]?.message.startsWith(message))
            complain(`"${decoded.error[0]?.message}" instead of "${message}"`);
        }
      }
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(0);
    });
});
