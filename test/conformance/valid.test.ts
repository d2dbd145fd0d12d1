import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { Source } from '../../src/base/span.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { Command, ScriptModule } from '../../src/syntax/script.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { checkModule } from '../../src/valid/check.ts';
import { CORPORA, hasCorpora, scriptsIn } from '../support/corpora.ts';

/**
 * The checker's verdicts on the official suites: every module of a script is accepted, every `assert_invalid` refused in
 * the suite's words. Modules outside of the fragment do not parse; they are counted, not judged.
 */

interface Suite {
  readonly folder: string;
  /** Whether a message is in the suite's words: the core interpreter's tests give a prefix, wasm-tools' any part. */
  readonly matches: (message: string, expected: string) => boolean;
  /** What the fragment had when this was written: a suite may grow, not shrink. */
  readonly accepted: number;
  readonly rejected: number;
  /** Whether every module must parse. */
  readonly whole: boolean;
}

const startsWith = (message: string, expected: string): boolean => message.startsWith(expected);
const contains = (message: string, expected: string): boolean => message.includes(expected);

const SUITES: readonly Suite[] = [
  { folder: 'threads', matches: startsWith, accepted: 55, rejected: 93, whole: true },
  { folder: 'acquire-release', matches: startsWith, accepted: 1, rejected: 0, whole: true },
  { folder: 'shared-everything', matches: contains, accepted: 16, rejected: 45, whole: false },
  { folder: 'core', matches: startsWith, accepted: 1220, rejected: 1177, whole: false },
];

/** Written for the specification before it had several memories and tables per module. */
const SUPERSEDED = ['multiple memories', 'multiple tables'];

interface Tally {
  accepted: number;
  rejected: number;
  unparsed: number;
  superseded: number;
  readonly wrong: string[];
}

interface Judge {
  readonly suite: Suite;
  readonly source: Source;
  readonly tally: Tally;
}

function judgeScript(suite: Suite, file: string, tally: Tally): void {
  const source = new Source(file, readFileSync(file, 'utf8'));
  const script = parseScript(source);
  if (script.ok) judgeAll({ suite, source, tally }, script.value.commands);
  else tally.unparsed++;
}

function judgeAll(judge: Judge, commands: readonly Command[]): void {
  for (const command of commands) {
    switch (command.kind) {
      case 'module':
      case 'assert_unlinkable':
      case 'assert_trap_module':
        judgeModule(judge, command.module, null);
        break;
      case 'assert_invalid':
        judgeModule(judge, command.module, command.message);
        break;
      case 'thread':
        judgeAll(judge, command.commands);
        break;
      default:
        break;
    }
  }
}

/** `invalid` is the expected message of a module that must be refused. */
function judgeModule({ suite, source, tally }: Judge, { parsed, at }: ScriptModule, invalid: string | null): void {
  if (!parsed.ok) {
    tally.unparsed++;
    return;
  }
  const checked = checkModule(parsed.value, DEFAULT_READINGS);
  const messages = checked.ok ? [] : checked.error.map((d) => d.message);
  const place = `${relative(CORPORA, source.name)}:${source.position(at.start).line}`;
  if (invalid === null) {
    if (checked.ok) tally.accepted++;
    else tally.wrong.push(`${place} refused: ${messages.join('; ')}`);
  } else if (SUPERSEDED.includes(invalid)) tally.superseded++;
  else if (messages.some((message) => suite.matches(message, invalid))) tally.rejected++;
  else tally.wrong.push(`${place} expected "${invalid}": ${checked.ok ? 'accepted' : messages.join('; ')}`);
}

test.runIf(hasCorpora()).each(SUITES)(
  'the suite $folder: verdicts and messages agree',
  (suite) => {
    const tally: Tally = { accepted: 0, rejected: 0, unparsed: 0, superseded: 0, wrong: [] };
    for (const file of scriptsIn(suite.folder)) judgeScript(suite, file, tally);
    const { wrong, ...counts } = tally;
    process.stdout.write(`valid, ${suite.folder}: ${JSON.stringify(counts)}\n`);
    expect(wrong).toEqual([]);
    expect(counts.accepted).toBeGreaterThanOrEqual(suite.accepted);
    expect(counts.rejected).toBeGreaterThanOrEqual(suite.rejected);
    if (suite.whole) expect(counts.unparsed).toBe(0);
  },
  60_000,
);
