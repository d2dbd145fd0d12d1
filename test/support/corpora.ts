import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the official suites: `WEFT_CORPORA`, or `../shared/corpora` beside the checkout. */
export const CORPORA = process.env['WEFT_CORPORA'] ?? new URL('../../../shared/corpora', import.meta.url).pathname;

/** Whether the suites are there. Where they are not, tests say so and are skipped, but in CI that is a failure. */
export function hasCorpora(): boolean {
  const there = existsSync(join(CORPORA, 'core'));
  if (!there && process.env['CI'] !== undefined)
    throw new Error(`the official suites are not at ${CORPORA}; set WEFT_CORPORA`);
  if (!there)
    process.stderr.write(`skipped: the official suites are not at ${CORPORA}; set WEFT_CORPORA to run these tests\n`);
  return there;
}

/** The paths of the scripts of a suite's folder, those in folders inside included, in order of name; none where the suites are absent. */
export function scriptsIn(folder: string): string[] {
  const root = join(CORPORA, folder);
  if (!existsSync(root)) return [];
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wast'));
  return files.sort().map((file) => join(root, file));
}
