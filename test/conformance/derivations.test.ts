import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { Source } from '../../src/base/span.ts';
import type { Expr, Module } from '../../src/syntax/module.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Command, ScriptModule } from '../../src/syntax/script.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { derivable } from '../../src/valid/declarative/derivable.ts';
import { wrongSteps } from '../../src/valid/declarative/derivation.ts';
import { derive } from '../../src/valid/declarative/prove.ts';
import { CORPORA, hasCorpora, scriptsIn } from '../support/corpora.ts';

/**
 * Over the official suites the declarative system by itself tells valid modules from invalid ones: the former have derivations, the
 * latter none, as far as small by exhaustion. Every third module; with `WEFT_RUNS` above 1, all.
 */

const STRIDE = Number(process.env['WEFT_RUNS'] ?? 1) > 1 ? 1 : 3;

/** Scripts whose modules are not judged. */
function isSkipped(file: string): boolean {
  // Written before several memories per module were valid.
  if (file.includes('proposals/threads/')) return true;
  // Some 20,000 functions of one vector instruction each.
  return STRIDE > 1 && file.includes('/simd_');
}

/** How many instructions a body has, those in blocks included. */
function sizeOf(expr: Expr): number {
  return expr.reduce((sum, instr) => {
    if (instr.kind === 'plain') return sum + 1;
    return sum + 1 + (instr.kind === 'if' ? sizeOf(instr.then) + sizeOf(instr.else) : sizeOf(instr.body));
  }, 0);
}

/** What the search can exhaust in no time. */
function isSmall({ types, funcs }: Module): boolean {
  return types.length <= 10 && funcs.length <= 12 && funcs.every((f) => sizeOf(f.body) <= 12);
}

/** The modules of scripts that must be valid or invalid, threads' included. */
function* modulesOf(commands: readonly Command[]): Generator<readonly [module: ScriptModule, valid: boolean]> {
  for (const command of commands) {
    switch (command.kind) {
      case 'module':
      case 'assert_trap_module':
      case 'assert_unlinkable':
        yield [command.module, true];
        break;
      case 'assert_invalid':
        yield [command.module, false];
        break;
      case 'thread':
        yield* modulesOf(command.commands);
        break;
      default:
        break;
    }
  }
}

test.runIf(hasCorpora()).each([
  { folder: 'core', valid: 600, invalid: 600 },
  { folder: 'threads', valid: 18, invalid: 30 },
  { folder: 'acquire-release', valid: 1, invalid: 0 },
  { folder: 'shared-everything', valid: 30, invalid: 50 },
])(
  'the suite $folder',
  ({ folder, valid, invalid }) => {
    const tally = { valid: 0, invalid: 0, searched: 0 };
    const wrong: string[] = [];
    let count = 0;
    for (const file of scriptsIn(folder).filter((f) => !isSkipped(f))) {
      const source = new Source(file, readFileSync(file, 'utf8'));
      const script = parseScript(source);
      if (!script.ok) throw new Error(`${file} does not parse`);
      for (const [{ parsed, at }, expected] of modulesOf(script.value.commands)) {
        if (!parsed.ok || count++ % STRIDE > 0) continue;
        const place = `${relative(CORPORA, file)}:${source.position(at.start).line}`;
        const derivation = derive(parsed.value, DEFAULT_READINGS);
        tally[expected ? 'valid' : 'invalid']++;
        if ((derivation !== null) !== expected) wrong.push(`${place} has ${expected ? 'no' : 'a'} derivation`);
        if (derivation !== null && wrongSteps(derivation).length > 0) wrong.push(`${place} has a wrong step`);
        if (!isSmall(parsed.value)) continue;
        tally.searched++;
        if (derivable(parsed.value, DEFAULT_READINGS) !== expected)
          wrong.push(`${place} is ${expected ? 'not ' : ''}derivable`);
      }
    }
    process.stdout.write(`derivations, ${folder}: ${JSON.stringify(tally)}\n`);
    expect(wrong).toEqual([]);
    expect(tally.valid).toBeGreaterThanOrEqual(valid);
    expect(tally.invalid).toBeGreaterThanOrEqual(invalid);
  },
  600_000,
);
